"""A document of a public space over HTTP, for somebody who is not signed in: all to read, nothing to write."""

import pytest

from tests.integration.api.site import on_sqlite
from tests.integration.world import change


@on_sqlite
@pytest.mark.req("AUTHZ-02", "IDOR-02")
async def test_what_is_not_public_looks_like_what_is_not_there(browser, world):
    number = await world.document()
    async with browser() as client:
        for path in ("/d/{}", "/d/{}/history", "/d/{}/r/1", "/d/{}/compare/1/1"):
            answers = [await client.get(path.format(name)) for name in (number, "ENG-999")]
            assert [answer.status_code for answer in answers] == [303, 303]
            assert answers[0].headers["location"].replace(number, "ENG-999") == answers[1].headers["location"]
            assert answers[0].headers["location"].startswith("/login?next=%2Fd%2F")


@on_sqlite
@pytest.mark.req("AUTHZ-02")
async def test_a_public_document_is_read_and_not_written_by_anybody(browser, world):
    number = await world.document()
    await change("UPDATE space SET visibility = 'public' WHERE key = 'ENG'")
    async with browser() as client:
        page = await client.get(f"/d/{number}")
        assert page.status_code == 200
        assert "Some text." in page.text
        assert page.headers["cache-control"] == "private, no-cache"
        head = (await client.get(f"/api/v1/documents/{number}")).json()
        assert not head["can_write"]
        assert (await client.get(f"/content/{head['content_digest']}")).status_code == 200
        assert (await client.get(f"/d/{number}/edit")).status_code == 303
        file = ("new.md", b"# New\n", "text/markdown")
        answer = await client.post(f"/api/v1/documents/{number}/revisions", files={"text": file})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "UNAUTHENTICATED")
        assert (await client.get("/api/v1/documents")).status_code == 401
    async with browser("outsider") as client:
        answer = await client.post(
            f"/api/v1/documents/{number}/revisions", files={"text": file}, headers={"if-match": '"1"'}
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "FORBIDDEN")
        assert answer.json()["error"]["message"].endswith("Ask its owner or a maintainer of its space.")
