"""Reading again: an entity tag for everything that is read, 304 for whoever has it, and nothing stale."""

import pytest

from tests.integration.api.site import on_sqlite

pytestmark = on_sqlite


async def again(client, path, etag):
    return await client.get(path, headers={"if-none-match": etag})


@pytest.mark.req("CONC-06")
async def test_what_did_not_change_is_not_sent_again(browser, world):
    number = await world.document()
    async with browser("reader") as client:
        digest = (await client.get(f"/api/v1/documents/{number}")).json()["content_digest"]
        paths = ["", f"/{number}", f"/{number}/text", f"/{number}/revisions"]
        for path in [*(f"/api/v1/documents{path}" for path in paths), "/api/v1/me", f"/content/{digest}", "/api/docs"]:
            first = await client.get(path)
            second = await again(client, path, first.headers["etag"])
            assert (first.status_code, second.status_code, second.content) == (200, 304, b""), path
            assert second.headers["etag"] == first.headers["etag"]
            assert second.headers["cache-control"] == first.headers["cache-control"]
            assert "content-type" not in second.headers
            assert (await again(client, path, '"other"')).status_code == 200


@pytest.mark.req("CONC-06")
async def test_what_changed_is_sent_under_another_tag(browser, world):
    number = await world.document()
    async with browser("author") as client:
        paths = [f"/api/v1/documents/{number}", f"/api/v1/documents/{number}/revisions", "/api/v1/documents"]
        tags = [(await client.get(path)).headers["etag"] for path in paths]
        await world.save(number, 1, "# Other\n\nText.\n")
        for path, etag in zip(paths, tags, strict=True):
            answer = await again(client, path, etag)
            assert answer.status_code == 200
            assert answer.headers["etag"] != etag


@pytest.mark.req("CONC-06", "AUTHZ-02")
async def test_a_tag_opens_nothing(browser, world):
    number = await world.document()
    path = f"/api/v1/documents/{number}"
    async with browser("reader") as client:
        etag = (await client.get(path)).headers["etag"]
    async with browser("outsider") as client:
        for value in (etag, "*"):
            assert (await again(client, path, value)).status_code == 404


@pytest.mark.req("CONC-01")
async def test_the_tag_of_a_document_says_what_a_change_was_made_from(browser, world):
    number = await world.document()
    path = f"/api/v1/documents/{number}"
    async with browser("author") as client:
        etag = (await client.get(path)).headers["etag"]
        for text, status in (("# Two\n", 201), ("# Three\n", 412)):
            sent = {"text": ("t.md", text.encode(), "text/markdown")}
            answer = await client.post(f"{path}/revisions", files=sent, headers={"if-match": etag})
            assert answer.status_code == status
