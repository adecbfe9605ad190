"""Badges over HTTP: a picture for everybody of what is public, and of the rest for its readers alone."""

import pytest

from tests.integration.api.site import on_sqlite
from tests.integration.world import change

pytestmark = on_sqlite
PUBLIC = "UPDATE space SET visibility = 'public' WHERE key = 'ENG'"


@pytest.fixture
async def path(world):
    return f"/api/v1/documents/{await world.document()}/badge.svg"


@pytest.mark.req("XSS-04")
async def test_a_badge_is_a_picture_with_a_policy_of_its_own(browser, path):
    async with browser("reader") as client:
        answer = await client.get(path, params={"label": '</title><script>alert("x")</script>'})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
        assert "&lt;script&gt;alert(&quot;x&quot;)" in answer.text
        assert "<script" not in answer.text
        assert (await client.get(path, params={"label": "x" * 81})).status_code == 422


@pytest.mark.req("IDOR-01", "IDOR-02")
async def test_of_what_is_not_public_only_its_readers_see_a_badge(browser, path):
    async with browser("reader") as client:
        answer = await client.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-store")
    for name, status in (("", 401), ("outsider", 404), ("admin", 404)):
        async with browser(name) as client:
            answers = [await client.get(path), await client.get("/api/v1/documents/ENG-999/badge.svg")]
            assert [one.status_code for one in answers] == [status, status]
            assert answers[0].content == answers[1].content


async def test_the_badge_of_a_public_document_is_for_everybody_and_may_be_kept(browser, world, path, monkeypatch):
    await change(PUBLIC)
    async with browser() as client:
        first = await client.get(path)
        assert (first.status_code, first.headers["cache-control"]) == (200, "public, max-age=60")
        assert "ENG-1 · Draft · revision 1 · " in first.text
        known = {"if-none-match": first.headers["etag"]}
        assert (await client.get(path, headers=known)).status_code == 304
        await world.save("ENG-1", 1, "# Other\n\nText.\n")
        second = await client.get(path, headers=known)
        assert (second.status_code, "revision 2" in second.text) == (200, True)


async def test_its_markdown_is_given_once_the_document_is_public(browser, path):
    sharing = path.replace("badge.svg", "sharing")
    async with browser("maintainer") as client:
        assert (await client.get(sharing)).json()["badge"] == ""
        await change(PUBLIC)
        markdown = (await client.get(sharing)).json()["badge"]
    site = "http://localhost:3000"
    assert markdown == f"[![design: ENG-1]({site}{path})]({site}/d/ENG-1)"
