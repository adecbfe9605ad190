"""HEAD: whatever can be read answers as GET does, and sends no body."""

import pytest

from tests.integration.api.site import on_sqlite
from tests.integration.world import rows

pytestmark = on_sqlite
SAME = ("etag", "content-type", "content-length", "content-encoding", "cache-control", "vary", "location")


def headers(answer):
    return {name: answer.headers.get(name) for name in SAME}


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
async def test_it_answers_as_a_read_does(browser, world, encoding):
    number = await world.document("# Long\n\n" + "Some text of it. " * 200)
    at = f"/api/v1/documents/{number}"
    async with browser("owner", accept_encoding=encoding) as client:
        digest = (await client.get(at)).json()["content_digest"]
        for path in (at, f"{at}/text", f"{at}/html", f"{at}/badge.svg", "/api/v1/documents", "/api/v1/audit",
                     "/api/docs", "/openapi.json", f"/content/{digest}", "/healthz",
                     "/readyz", f"{at}9", f"{at}/text?revision=0", "/api/v1/nothing"):  # fmt: skip
            read, head = await client.get(path), await client.head(path)
            assert (head.status_code, head.content, headers(head)) == (read.status_code, b"", headers(read)), path


@pytest.mark.req("CONC-06", "AUTHZ-02")
async def test_it_tells_nothing_that_a_read_does_not(browser, world):
    at = f"/api/v1/documents/{await world.document()}"
    async with browser("reader") as client:
        etag = (await client.head(at)).headers["etag"]
        assert (await client.head(at, headers={"if-none-match": etag})).status_code == 304
    async with browser("outsider") as client:
        absent = await client.head(f"{at}9")
        assert (await client.head(at)).status_code == absent.status_code == 404
        assert (await client.head(at)).headers["content-length"] == absent.headers["content-length"]
    async with browser() as client:
        assert (await client.head(at)).status_code == 401


@pytest.mark.req("ERR-05")
@pytest.mark.parametrize("path", ["/auth/sign-in", "/auth/providers/google/start", f"/auth/share/{'A' * 43}"])
async def test_where_one_goes_instead_of_reading_there_is_no_head(browser, path):
    async with browser("author") as client:
        answer = await client.head(path)
        assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.req("OPS-02")
@pytest.mark.parametrize("path", ["audit/export", "exports/documents?format=zip", f"mails/{'0' * 32}"])
async def test_what_is_audited_when_it_is_read_is_not_taken_out_for_its_head(browser, world, path):
    async with browser("owner") as client:
        before = await rows("SELECT count(*) FROM audit_event")
        answer = await client.head(f"/api/v1/{path}")
        assert (answer.status_code, answer.content, answer.headers["allow"]) == (405, b"", "GET")
        assert await rows("SELECT count(*) FROM audit_event") == before
