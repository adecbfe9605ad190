"""The States of the settings: what they ask the services, and what they make of the answers."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from app.app import on_failure
from app.core.errors import AppError, Forbidden, Unauthenticated
from app.domain.permissions import SiteRole
from app.gateway.context import Caller, caller_var
from app.schemas.identity import Actor, PersonalTokenView, ProfileView, SessionView
from app.services import own_sessions, personal_tokens, profiles
from state.account import AccountState
from state.frame import FrameState
from state.sessions import SessionsState
from state.tokens import TokensState

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACTOR = Actor(user_id="u", name="Ann", email="a@example.org", role=SiteRole.member, session_id="s", initials="A")


@pytest.fixture(autouse=True)
def signed_in():
    before = caller_var.set(Caller(actor=ACTOR))
    yield
    caller_var.reset(before)


def answering(monkeypatch, module, name, answer):
    """A stub in a service's place; what it was asked."""
    asked = []

    async def stub(*arguments):
        asked.append(arguments)
        return answer

    monkeypatch.setattr(module, name, stub)
    return asked


async def test_the_account_is_ones_own(monkeypatch):
    answering(monkeypatch, profiles, "mine", ProfileView(name="Ann", email="a@example.org", has_password=True))
    state = SimpleNamespace()
    await AccountState.load.fn(state)
    assert (state.name, state.email, state.has_password, state.is_loaded) == ("Ann", "a@example.org", True, True)


SESSION = SessionView(
    id="a",
    created_at=AT,
    last_seen_at=AT,
    expires_at=AT,
    user_agent="x",
    device="Firefox on Linux",
    address="",
    client="browser",
    is_current=True,
)


async def reloaded():
    """Stands for the handler itself, which the State calls when something changed."""


async def test_sessions_say_which_one_this_is_and_how_many_others_there_are(monkeypatch):
    program = SESSION.model_copy(update={"id": "b", "client": "api", "address": "192.0.2.1", "is_current": False})
    answering(monkeypatch, own_sessions, "mine", (SESSION, program))
    state = SimpleNamespace()
    await SessionsState.load.fn(state)
    assert state.others == 1
    here, there = state.rows
    assert (here["device"], here["address"], here["kind"], here["current"]) == (
        "Firefox on Linux",
        "unknown address",
        "",
        "yes",
    )
    assert (there["address"], there["kind"], there["current"]) == ("192.0.2.1", "program", "")


@pytest.mark.req("SESS-10")
async def test_ending_sessions_asks_for_the_actors_own(monkeypatch):
    ended = answering(monkeypatch, own_sessions, "end", None)
    others = answering(monkeypatch, own_sessions, "end_others", 2)
    state = SimpleNamespace(load=reloaded)
    await SessionsState.end.fn(state, "b")
    await SessionsState.end_others.fn(state)
    assert (ended, others) == ([(ACTOR, "b")], [(ACTOR,)])


async def test_tokens_are_listed_without_their_secret(monkeypatch):
    token = PersonalTokenView(
        id="t", name="CI", scopes=("documents:read",), created_at=AT, expires_at=AT, last_used_at=None
    )
    answering(monkeypatch, personal_tokens, "mine", (token,))
    revoked = answering(monkeypatch, personal_tokens, "revoke", None)
    state = SimpleNamespace(load=reloaded)
    await TokensState.load.fn(state)
    assert state.rows == [{"id": "t", "name": "CI", "scopes": "documents:read", "used": "", "expires": "2 Mar 2026"}]
    await TokensState.revoke.fn(state, "t")
    assert revoked == [(ACTOR, "t")]


@pytest.mark.req("AUTH-10")
def test_what_asks_for_a_fresh_sign_in_leads_to_where_one_gives_it_and_back():
    failure = AppError("Confirm first.", code="REAUTHENTICATION_REQUIRED")
    assert on_failure(failure).handler.fn is FrameState.confirm.fn
    assert on_failure(Unauthenticated("Sign in.")).handler.fn is FrameState.reload.fn
    assert on_failure(Forbidden("No.")).handler.fn is FrameState.notice.fn
    state = SimpleNamespace(router=SimpleNamespace(url=SimpleNamespace(path="/settings/passkeys")))
    FrameState.confirm.fn(state)
    assert state.commands[0]["href"] == "/reauthenticate?next=%2Fsettings%2Fpasskeys"
