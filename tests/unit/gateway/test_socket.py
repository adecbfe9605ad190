"""The door of the event socket: who comes in, and what the framework gets to see of them."""

from urllib.parse import parse_qs

import pytest

from app.core.errors import AppError, Forbidden
from app.gateway import metrics
from app.gateway.socket import SocketDoor, derived
from tests.unit.gateway.calls import Inside, Sent, scope, silence
from tests.unit.gateway.conftest import ANN

ACCEPT = {"type": "websocket.accept"}
OURS, THEIRS = ("origin", "http://localhost:3000"), ("origin", "http://evil.example")
KEY = "b098a64bd62b373c6eca1de766fe3dd5698bd72c42fbc690437e3e82b55011fc"
SECRETS = [("cookie", "plumbline=secret"), ("authorization", "Bearer secret")]
FORGED = [("x-plumbline-session", "forged"), ("x-plumbline-links", "forged"), ("x-forwarded-for", "198.51.100.1")]


@pytest.fixture(autouse=True)
def _secret(setting):
    setting(secret_key="k" * 40)


def asked(*headers, query=b"token=tab&x=1&x=2"):
    return scope("GET", "/_event", *headers, kind="websocket", query_string=query, client=("10.0.0.5", 4711))


async def opened(*headers, **more):
    inside, sent = Inside(ACCEPT), Sent()
    await SocketDoor(inside)(asked(*headers, **more), silence, sent)
    assert list(sent) == [ACCEPT]
    return inside.scopes[0]


async def refused(*headers, **more):
    inside = Inside()
    with pytest.raises(AppError) as caught:
        await SocketDoor(inside)(asked(*headers, **more), silence, Sent())
    assert inside.scopes == []
    return caught.value


@pytest.mark.req("WS-01")
async def test_who_has_a_session_says_where_from(current):
    assert (await refused(THEIRS)).code == "CROSS_SITE"
    await opened()
    await opened(OURS)
    current.actor = ANN
    assert (await refused()).code == (await refused(THEIRS)).code == "CROSS_SITE"
    await opened(OURS)


@pytest.mark.req("WS-01")
async def test_the_framework_sees_no_secret_and_nothing_that_was_forged(current):
    current.actor, current.links = ANN, frozenset({"b" * 64, "a" * 64})
    found = await opened(OURS, *SECRETS, *FORGED, ("accept-language", "en"))
    assert found["headers"] == [
        (b"accept-language", b"en"),
        (b"x-plumbline-session", ANN.session_id.encode()),
        (b"x-plumbline-links", f"{'a' * 64},{'b' * 64}".encode()),
    ]
    assert found["client"] == ("192.0.2.1", 0)
    assert (found["type"], found["path"]) == ("websocket", "/_event")
    assert parse_qs(found["query_string"].decode()) == {"token": [derived(ANN.session_id, "tab")], "x": ["1", "2"]}


async def test_somebody_unknown_has_an_empty_session(current):
    found = await opened(*FORGED)
    assert found["headers"] == [(b"x-plumbline-session", b""), (b"x-plumbline-links", b"")]
    assert parse_qs(found["query_string"].decode())["token"] == [derived("", "tab")]


@pytest.mark.req("WS-01")
@pytest.mark.parametrize("query", [b"", b"x=1", b"token=", b"token=a&token=b", b"token=" + b"a" * 65, b"Token=a"])
async def test_without_one_token_of_a_tab_there_is_no_socket(current, query):
    assert isinstance(await refused(query=query), Forbidden)


async def test_a_token_may_be_of_this_length(current):
    assert parse_qs((await opened(query=b"token=" + b"a" * 64))["query_string"].decode())["token"]
    assert parse_qs((await opened(query=b"token=%e9"))["query_string"].decode())["token"]


async def test_open_sockets_are_counted_until_they_are_closed(current):
    before = metrics.SOCKETS._value.get()
    held = []

    async def reflex(_scope, _receive, _send):
        held.append(metrics.SOCKETS._value.get())

    await SocketDoor(reflex)(asked(), silence, Sent())
    assert held == [before + 1]
    with pytest.raises(KeyError):
        await SocketDoor(Inside(fails=KeyError("x")))(asked(), silence, Sent())
    assert metrics.SOCKETS._value.get() == before


@pytest.mark.req("WS-01")
def test_a_state_key_is_this_sites(setting):
    """Pinned: another derivation would throw away every open page with an update."""
    assert derived("s" * 32, "tab") == KEY
    setting(secret_key="x" * 40)
    assert derived("s" * 32, "tab") != KEY
