"""Which person a request belongs to, and which writes are refused before their body is read."""

import pytest

from app.core import ids
from app.core.errors import AppError
from app.gateway.identity import OPEN, Admission, Identity
from app.services import accounts
from tests.unit.gateway.calls import BODY, Inside, Sent, scope, silence, start
from tests.unit.gateway.conftest import ANN

LINK = "l" * 43


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """What was looked up, by a cookie's secret or a bearer's token."""
    found = []

    def looked_up(kind):
        async def look(secret):
            found.append((kind, secret))
            return ANN if secret == "good" else None

        return look

    monkeypatch.setattr(accounts, "identify", looked_up("cookie"))
    monkeypatch.setattr(accounts, "identify_bearer", looked_up("bearer"))
    return found


async def passed(stage, asked):
    inside = Inside(start(), BODY)
    sent = Sent()
    await stage(inside)(asked, silence, sent)
    assert (inside.scopes, list(sent)) == ([asked], [start(), BODY])


@pytest.mark.req("SESS-07")
@pytest.mark.parametrize(
    ("sent", "looked_up", "actor", "by_cookie", "links"),
    [
        ([], [], None, True, False),
        ([("cookie", "plumbline=good")], [("cookie", "good")], ANN, True, False),
        ([("cookie", "plumbline=ended")], [("cookie", "ended")], None, True, False),
        ([("cookie", f"plumbline=good; plumbline-links={LINK}")], [("cookie", "good")], ANN, True, True),
        ([("cookie", f"plumbline-links={LINK}")], [], None, True, True),
        ([("authorization", "Bearer good")], [("bearer", "good")], ANN, False, False),
        ([("authorization", "bearer  good ")], [("bearer", "good")], ANN, False, False),
        ([("authorization", "BEARER good"), ("cookie", f"plumbline=good; plumbline-links={LINK}")],
         [("bearer", "good")], ANN, False, False),
        ([("authorization", "Bearer "), ("cookie", "plumbline=good")], [("bearer", "-")], None, False, False),
        ([("authorization", "Bearer"), ("cookie", "plumbline=good")], [("cookie", "good")], ANN, True, False),
        ([("authorization", "Basic good"), ("cookie", "plumbline=good")], [("cookie", "good")], ANN, True, False),
        ([("authorization", "xBearer good")], [], None, True, False),
    ],
)  # fmt: skip
async def test_a_bearer_counts_before_a_cookie(current, asked, sent, looked_up, actor, by_cookie, links):
    await passed(Identity, scope("GET", "/api/v1/me", *sent))
    assert asked == looked_up
    assert (current.actor, current.by_cookie) == (actor, by_cookie)
    assert current.links == (frozenset({ids.digest(LINK)}) if links else frozenset())


async def test_a_socket_knows_cookies_only(current, asked):
    sent = [("authorization", "Bearer good"), ("cookie", f"plumbline=ended; plumbline-links={LINK}")]
    await passed(Identity, scope("GET", "/_event", *sent, kind="websocket"))
    assert asked == [("cookie", "ended")]
    assert (current.actor, current.by_cookie, len(current.links)) == (None, True, 1)


FOREIGN = [("sec-fetch-site", "cross-site")]
OURS = [("sec-fetch-site", "same-origin")]


async def refused(stage, asked):
    inside = Inside()
    with pytest.raises(AppError) as caught:
        await stage(inside)(asked, silence, Sent())
    assert inside.scopes == []
    return caught.value.code


@pytest.mark.req("CSRF-01", "ERR-06")
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
async def test_a_write_by_cookie_comes_from_our_pages(current, method):
    current.actor = ANN
    assert await refused(Admission, scope(method, "/api/v1/spaces", *FOREIGN)) == "CROSS_SITE"
    assert await refused(Admission, scope(method, "/auth/sign-in", *FOREIGN)) == "CROSS_SITE"
    await passed(Admission, scope(method, "/api/v1/spaces", *OURS))
    await passed(Admission, scope(method, "/api/v1/spaces", ("origin", "http://localhost:3000")))
    current.by_cookie = False
    await passed(Admission, scope(method, "/api/v1/spaces", *FOREIGN))


@pytest.mark.req("CSRF-01")
async def test_nobody_writes_to_the_api_but_to_sign_in(current):
    assert await refused(Admission, scope("POST", "/api/v1/spaces", *OURS)) == "UNAUTHENTICATED"
    assert await refused(Admission, scope("POST", "/api/v1/auth/logout", *OURS)) == "UNAUTHENTICATED"
    await passed(Admission, scope("POST", "/auth/sign-in", *OURS))
    await passed(Admission, scope("POST", "/d/api/x", *OURS))
    assert {"/api/v1/auth/login", "/api/v1/auth/refresh", "/api/v1/auth/second-factor"} == OPEN
    for path in OPEN:
        await passed(Admission, scope("POST", path, *FOREIGN))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_reading_is_nobodys_to_refuse_here(current, method):
    await passed(Admission, scope(method, "/api/v1/spaces", *FOREIGN))


async def test_a_socket_has_a_door_of_its_own(current):
    await passed(Admission, scope("POST", "/api/v1/spaces", *FOREIGN, kind="websocket"))
