"""The guard of interface events, with the lookup of sessions stubbed: what runs, what is refused, what leaves."""

from types import SimpleNamespace

import pytest
from reflex.event import Event
from structlog.testing import capture_logs

from app.core import context
from app.domain.permissions import SiteRole
from app.gateway.context import caller, caller_var
from app.gateway.events import FRAMEWORK, Access, EventGuard
from app.schemas.identity import Actor
from app.services import accounts

LOAD, NOTICE = "root.state___frame.load", "root.state___frame.notice"
ACTOR = Actor(user_id="u", name="Ann", email="a@example.org", role=SiteRole.member, session_id="alive", initials="A")


@pytest.fixture(autouse=True)
def sessions(monkeypatch):
    asked = []

    async def identify(session_id):
        asked.append(session_id)
        return ACTOR if session_id == "alive" else None

    monkeypatch.setattr(accounts, "identify_session", identify)
    before = caller_var.set(None)
    with context.coming_from(context.Origin()):
        yield asked
    caller_var.reset(before)


async def sent(name, session="alive", path="/documents", payload=None):
    guard = EventGuard({LOAD: Access.signed_in, NOTICE: Access.public}, lambda where: {"left to": where})
    headers = {"x-plumbline-session": session} if session is not None else {}
    state = SimpleNamespace(router_data={"headers": headers, "asPath": path, "ip": "192.0.2.9"})
    return await guard.preprocess(None, state, Event(name=name, payload=payload or {}))


@pytest.mark.req("AUTHZ-06")
async def test_a_named_handler_runs_as_the_person_of_the_session():
    assert await sent(LOAD) is None
    assert (caller().actor, caller().address, caller().route) == (ACTOR, "192.0.2.9", LOAD)
    assert context.origin().request_id == caller().request_id
    assert len(caller().request_id) == 32


@pytest.mark.req("AUTHZ-06")
@pytest.mark.parametrize(
    "name",
    [
        "",
        "root",
        "root.state___frame",
        "root.state___frame.load2",
        "root.state___frame.loa",
        "root.state___frame.Load",
        " root.state___frame.load",
        "root.state___frame.load ",
        "root.state___frame.load.x",
        "x.root.state___frame.load",
        "state___frame.load",
        "load",
        "root.state___frame.setvar",
        "root.setvar",
        "reflex___state____state.setvar",
        "reflex___state____state.hydrate2",
        "reflex___state____state.__init__",
        "root.state___frame.load\0",
        "root.state___frame.load\n",
        "root.state___frame.__class__",
        "x" * 100_000,
    ],
)
async def test_any_other_name_is_refused_whoever_sends_it(name, sessions):
    for session in ("alive", "", None):
        with capture_logs() as lines:
            update = await sent(name, session)
        assert update is not None
        assert (update.delta, update.events) == ({}, [])
        assert caller().actor is None
        assert [line["event"] for line in lines] == ["event_refused"]
        assert len(lines[0]["event_name"]) <= 200
    assert sessions == []


@pytest.mark.req("AUTHZ-06", "SESS-06")
@pytest.mark.parametrize("name", [LOAD, NOTICE, *FRAMEWORK])
async def test_an_ended_session_runs_nothing_and_leaves_the_page(name):
    update = await sent(name, "ended")
    assert update is not None
    assert update.delta == {"left to": "/documents"}
    assert caller().actor is None


@pytest.mark.req("AUTHZ-06")
@pytest.mark.parametrize("session", ["", None])
async def test_without_a_session_only_public_handlers_run(session):
    assert await sent(NOTICE, session) is None
    assert all([await sent(name, session) is None for name in FRAMEWORK])
    update = await sent(LOAD, session, "/d/ENG-1?x=1")
    assert update is not None
    assert update.delta == {"left to": "/d/ENG-1?x=1"}


@pytest.mark.req("AUTHZ-06")
async def test_who_it_is_never_comes_from_the_payload():
    claims = {"actor": "owner", "session_id": "alive", "user_id": "u", "x-plumbline-session": "alive"}
    update = await sent(LOAD, "", payload=claims)
    assert update is not None
    assert caller().actor is None


@pytest.mark.req("REDIR-01")
@pytest.mark.parametrize("path", ["", None, "//evil.example", "/\\evil.example", "https://evil.example", 7, "/\t/evil"])
async def test_it_leaves_to_a_path_of_this_site_only(path):
    update = await sent(LOAD, "ended", path)
    assert update is not None
    assert update.delta == {"left to": "/"}


async def test_each_event_has_a_request_id_of_its_own():
    await sent(LOAD)
    first = caller().request_id
    await sent(LOAD)
    assert caller().request_id != first
