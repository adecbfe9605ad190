"""How much of a request is read, and how long it may take."""

import asyncio

import pytest

from app.core import db
from app.core.errors import AppError
from app.gateway import limits
from app.gateway.limits import Limits
from tests.unit.gateway.calls import BODY, Inside, Sent, chunks, scope, silence, start

SMALL = 65_536


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """How long a write may wait for the database, as it was set."""
    found = []
    monkeypatch.setattr(db, "be_patient", found.append)
    return found


def reading(times):
    inside = Inside(start(), BODY)
    inside.reads = times
    return inside


async def refused(asked, receive=silence, inside=None):
    inside = inside or Inside()
    with pytest.raises(AppError) as caught:
        await Limits(inside)(asked, receive, Sent())
    return caught.value


async def passed(asked, receive=silence, inside=None):
    inside = inside or Inside(start(), BODY)
    sent = Sent()
    await Limits(inside)(asked, receive, sent)
    assert (inside.scopes, list(sent)) == ([asked], [start(), BODY])
    return inside


def post(*headers, path="/x"):
    return scope("POST", path, *headers)


@pytest.mark.req("HTTP-01")
@pytest.mark.parametrize("value", ["", "chunked", " Chunked "])
async def test_where_a_body_ends_is_told_by_one_coding(value):
    await passed(post(("transfer-encoding", value)))


@pytest.mark.req("HTTP-01")
@pytest.mark.parametrize("lines", [["gzip"], ["gzip, chunked"], ["chunked", "chunked"], ["xchunked"], ["identity"]])
async def test_any_other_ends_the_connection(lines):
    error = await refused(post(*(("transfer-encoding", line) for line in lines)))
    assert (error.code, error.details) == ("BAD_REQUEST", {"connection": "close"})


@pytest.mark.req("ERR-07")
async def test_only_plain_bodies_are_read():
    await passed(post(("content-encoding", "identity")))
    for coding in ("gzip", "br", "IDENTITY"):
        assert (await refused(post(("content-encoding", coding)))).code == "UNSUPPORTED_MEDIA_TYPE"


@pytest.mark.req("ERR-06")
async def test_what_is_announced_to_be_too_large_is_thrown_away_and_refused():
    receive = chunks(b"a" * SMALL, b"b")
    error = await refused(post(("content-length", str(SMALL + 1))), receive)
    assert (error.code, error.details, error.message) == (
        "PAYLOAD_TOO_LARGE", {"limit_bytes": SMALL}, "The request is larger than 65 kB.",
    )  # fmt: skip
    assert receive.waiting == []
    await passed(post(("content-length", str(SMALL))))
    await passed(post(("content-length", "1e9")))
    large = post(("content-length", "25000001"), path="/api/v1/imports")
    assert (await refused(large, chunks(b"a"))).message == "The request is larger than 25,000 kB."


@pytest.mark.req("ERR-06")
async def test_what_comes_is_counted_whatever_was_announced():
    inside = await passed(post(), chunks(b"a" * 60_000, b"b" * 5_536), reading(2))
    assert [message["body"][:1] for message in inside.bodies] == [b"a", b"b"]
    error = await refused(post(), chunks(b"a" * 60_000, b"b" * 5_537), reading(2))
    assert (error.code, error.details) == ("PAYLOAD_TOO_LARGE", {"limit_bytes": SMALL})
    inside = await passed(post(), chunks(), reading(1))
    assert inside.bodies == [{"type": "http.disconnect"}]


async def test_throwing_away_ends_with_the_body_the_client_or_the_allowance():
    async def left(receive, declared, **allowance):
        await limits._discard(receive, declared, **allowance)
        return len(receive.waiting)

    assert await left(chunks(b"aa", b"bb", b"cc"), 4) == 1
    assert await left(chunks(b"aa", b"bb", b"cc"), 5) == 0
    assert await left(chunks(b"aa", b"bb"), 9) == 0
    assert await left(chunks(b"aa", b"bb", last={"type": "http.disconnect"}), 100) == 0
    assert await left(chunks(b"aa"), 4, allowance=4) == 0
    assert await left(chunks(b"aa"), 5, allowance=4) == 1
    assert await left(chunks(b"aa"), 64_000_000) == 0
    assert await left(chunks(b"aa"), 64_000_001) == 1


async def test_throwing_away_ends_when_the_client_is_gone_or_says_no_more():
    for message in ({"type": "http.disconnect", "more_body": True}, {"type": "http.request"}):
        seen = []

        async def receive(message=message, seen=seen):
            seen.append(1)
            assert len(seen) == 1
            return message

        await limits._discard(receive, 10)


@pytest.mark.parametrize(
    ("method", "path", "seconds"),
    [
        ("POST", "/api/v1/imports", 20.0),
        ("POST", "/api/v1/spaces/ENG/evidence", 20.0),
        ("DELETE", "/api/v1/spaces/ENG/evidence/1", 3.0),
        ("PUT", "/api/v1/documents/ENG-1/text", 20.0),
        ("POST", "/api/v1/documents/ENG-1/merge", 20.0),
        ("GET", "/api/v1/imports", 3.0),
        ("HEAD", "/api/v1/documents", 3.0),
        ("POST", "/auth/sign-in", 3.0),
        ("GET", "/documents", 3.0),
    ],
)
async def test_an_upload_waits_for_the_database_as_long_as_it_may_take(patience, setting, method, path, seconds):
    setting(request_seconds=20, database_seconds=2)
    await passed(scope(method, path))
    assert patience == [seconds]


async def test_what_takes_too_long_is_given_up(setting):
    setting(request_seconds="1e-9")

    async def hang(_scope, receive, _send):
        await asyncio.Event().wait()

    error = await refused(post(), inside=hang)
    assert (error.code, error.status) == ("UNAVAILABLE", 503)


async def test_what_is_no_request_passes(patience):
    asked = post(("content-encoding", "gzip"), ("transfer-encoding", "x")) | {"type": "websocket"}
    await passed(asked)
    assert patience == []
