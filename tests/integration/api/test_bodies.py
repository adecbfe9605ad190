"""How much of a request is read: counted, never unpacked, and thrown away where nobody may send it."""

import tracemalloc

import pytest

from tests.integration.api.site import SAME_ORIGIN, on_sqlite
from tests.integration.world import rows

pytestmark = on_sqlite
CHUNK = bytes(65_536)
FORM = "multipart/form-data; boundary=b"


def sent(world, name: str = "author", **more: str) -> list[tuple[str, str]]:
    cookie = [("cookie", f"plumbline={world.tokens[name]}")] if name else []
    return [*SAME_ORIGIN.items(), *cookie, *((key.replace("_", "-"), value) for key, value in more.items())]


LIMITS = [
    ("/auth/sign-in", "application/x-www-form-urlencoded", 65_536),
    ("/auth/sign-in", FORM, 65_536),
    ("/auth/setup", FORM, 65_536),
    ("/api/v1/imports/answers", "application/json", 65_536),
    ("/api/v1/imports", FORM, 25_000_000),
    ("/api/v1/documents/ENG-1/revisions", FORM, 25_000_000),
]


@pytest.mark.req("ERR-06")
@pytest.mark.parametrize(("path", "kind", "limit"), LIMITS)
@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_beyond_the_limit_is_413(site, world, path, kind, limit, declared):
    start = (
        b'--b\r\nContent-Disposition: form-data; name="text"; filename="a.md"\r\n\r\n' if kind == FORM else b"email="
    )
    chunks = [start, *[CHUNK] * (limit // len(CHUNK) + 2)]
    length = {"content_length": str(sum(map(len, chunks)))} if declared else {"transfer_encoding": "chunked"}
    headers = sent(world, content_type=kind, if_match='"1"', **length)
    answer = await site.send("POST", path, headers=headers, chunks=chunks)
    assert (answer.status, answer.error["code"]) == (413, "PAYLOAD_TOO_LARGE")
    assert answer.error["details"]["limit_bytes"] == limit
    assert await rows("SELECT count(*) FROM document") == [(0,)]


@pytest.mark.req("ERR-06")
async def test_a_length_that_lies_is_no_way_around(site, world):
    headers = sent(world, content_type="application/json", content_length="10")
    answer = await site.send("POST", "/api/v1/imports/answers", headers=headers, chunks=[CHUNK] * 40)
    assert answer.status == 413


@pytest.mark.req("ERR-06")
async def test_an_endless_body_costs_no_memory(site, world):
    """A gigabyte is announced, and 300 MB come without announcement."""
    headers = sent(world, content_type="application/json")
    tracemalloc.start()
    try:
        for length in ({"content_length": str(10**9)}, {"content_length": "63000000"}, {}):
            more = [(key.replace("_", "-"), value) for key, value in length.items()]
            many = [CHUNK] * 4_800
            answer = await site.send("POST", "/api/v1/imports/answers", headers=[*headers, *more], chunks=many)
            assert answer.status == 413
            assert answer.taken < 65_000_000
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.req("ERR-06")
async def test_a_stranger_is_refused_before_anything_is_read(site, world):
    for path in ("/api/v1/imports", "/api/v1/documents/ENG-1/revisions", "/api/v1/imports/answers"):
        answer = await site.send("POST", path, headers=sent(world, "", content_type=FORM), chunks=[CHUNK] * 20)
        assert (answer.status, answer.taken) == (401, 0), path


@pytest.mark.req("CSRF-01", "ERR-06")
async def test_a_foreign_page_is_refused_before_anything_is_read(site, world):
    headers = [*sent(world, content_type=FORM)[1:], ("sec-fetch-site", "cross-site")]
    answer = await site.send("POST", "/api/v1/imports", headers=headers, chunks=[CHUNK] * 20)
    assert (answer.status, answer.taken) == (403, 0)


@pytest.mark.req("ERR-07")
@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "GZIP", "x-gzip", "identity, gzip"])
async def test_compressed_bodies_are_not_unpacked(site, world, coding):
    headers = sent(world, content_type="application/json", content_encoding=coding)
    for path in ("/api/v1/imports/answers", "/api/v1/imports", "/auth/sign-in"):
        answer = await site.send("POST", path, headers=headers, chunks=[b"\x1f\x8b" + CHUNK])
        assert (answer.status, answer.error["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_form_of_many_parts_is_refused(browser):
    many = {f"f{n}": (None, "x") for n in range(3_000)}
    async with browser("author") as client:
        answer = await client.post("/api/v1/imports", files={**many, "space": (None, "ENG")})
    assert answer.status_code in {400, 413, 422}


async def test_a_request_that_takes_too_long_is_given_up(browser, world, monkeypatch):
    """Nothing sleeps: the time allowed is simply over when the first wait begins."""
    monkeypatch.setenv("PLUMBLINE_REQUEST_SECONDS", "1e-9")
    from app.core.settings import settings

    settings.cache_clear()
    async with browser("author") as client:
        answer = await client.get("/api/v1/documents")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "UNAVAILABLE")
    assert int(answer.headers["retry-after"]) > 0
