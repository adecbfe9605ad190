"""What the guard of interface events notes of each: outcome, patience, links, limits."""

from types import SimpleNamespace

import pytest
from reflex.event import Event
from structlog.testing import capture_logs

from app.core import context, db
from app.domain.permissions import Permission
from app.gateway import metrics, rates
from app.gateway.context import Caller, caller, caller_var
from app.gateway.events import FRAMEWORK, Access, EventGuard
from app.gateway.needs import asks_who
from app.services import accounts
from tests.unit.gateway.conftest import ANN

LOAD, READ = "root.page.load", "root.page.read"
HEADERS = {"x-plumbline-session": "alive", "x-plumbline-links": f"{'a' * 64},{'b' * 64},"}


@pytest.fixture
def noted(monkeypatch, setting):
    """Outcomes by handler, the patience that was set, whether one more is allowed."""
    setting(database_seconds=2)
    found = SimpleNamespace(outcomes=[], patience=[], allowed=True, asked=[])

    class Labels:
        def labels(self, *names):
            return SimpleNamespace(inc=lambda: found.outcomes.append(names))

    async def identify(session_id):
        found.asked.append(session_id)
        return ANN if session_id == "alive" else None

    async def event_allowed():
        found.asked.append(caller().actor)
        return found.allowed

    monkeypatch.setattr(metrics, "EVENTS", Labels())
    monkeypatch.setattr(db, "be_patient", found.patience.append)
    monkeypatch.setattr(accounts, "identify_session", identify)
    monkeypatch.setattr(rates, "event_allowed", event_allowed)
    before = caller_var.set(Caller(address="somebody else"))
    with context.coming_from(context.Origin()):
        yield found
    caller_var.reset(before)


async def sent(name, router_data=None):
    guard = EventGuard({LOAD: Access.signed_in, READ: Permission.document_read}, lambda path: {"left to": path})
    data = {"headers": HEADERS, "ip": "192.0.2.9", "asPath": "/x"} if router_data is None else router_data
    with capture_logs() as lines:
        update = await guard.preprocess(None, SimpleNamespace(router_data=data), Event(name=name, payload={}))
    return update, lines


@pytest.mark.req("AUTHZ-06")
async def test_an_event_runs_as_its_person_with_the_links_of_the_browser(noted):
    update, lines = await sent(LOAD)
    assert update is None
    assert (caller().actor, caller().links) == (ANN, frozenset({"a" * 64, "b" * 64}))
    assert (caller().route, caller().address) == (LOAD, "192.0.2.9")
    assert context.origin() == caller().origin
    assert noted.asked == ["alive", ANN]
    assert noted.outcomes == [(LOAD, "run")]
    assert noted.patience == [3.0]
    assert lines == [{"event": "event", "handler": LOAD, "log_level": "debug"}]


async def test_an_unknown_one_is_refused_before_anything_is_asked(noted):
    update, lines = await sent("x" * 300)
    assert update is not None
    assert (noted.asked, noted.outcomes) == ([], [("unknown", "refused")])
    assert lines == [{"event": "event_refused", "event_name": "x" * 200, "log_level": "warning"}]
    assert (caller().route, caller().address, caller().actor) == ("unknown", "192.0.2.9", None)
    assert noted.patience == [3.0]


async def test_who_is_signed_out_leaves_and_is_not_counted(noted):
    for headers in ({}, {"x-plumbline-session": "ended"}):
        update, _ = await sent(LOAD, {"headers": headers, "asPath": "/y"})
        assert update.delta == {"left to": "/y"}
    assert noted.outcomes == [(LOAD, "signed_out")] * 2
    assert noted.asked == ["ended"]


async def test_somebody_unknown_reads_what_may_be_public(noted):
    update, _ = await sent(READ, {})
    assert update is None
    assert (caller().address, caller().links, caller().actor) == ("", frozenset(), None)
    assert noted.outcomes == [(READ, "run")]
    update, _ = await sent(READ, {"headers": {"x-plumbline-session": "ended"}})
    assert update.delta == {"left to": "/"}


async def test_too_many_do_nothing(noted):
    noted.allowed = False
    update, lines = await sent(LOAD)
    assert (update.delta, update.events, lines) == ({}, [], [])
    assert noted.outcomes == [(LOAD, "limited")]


def test_our_policy_goes_before_the_frameworks():
    name = next(iter(FRAMEWORK))
    guard = EventGuard({name: Access.signed_in}, dict)
    assert guard.policy[name] is Access.signed_in
    assert set(guard.policy) == set(FRAMEWORK)


@pytest.mark.parametrize(
    ("need", "asks"),
    [
        (Access.public, False),
        (Access.signed_in, True),
        (Permission.document_read, False),
        (Permission.space_read, False),
        (Permission.revision_save, True),
        (Permission.user_read, True),
    ],
)
def test_what_may_be_public_asks_nobody_who_they_are(need, asks):
    assert asks_who(need) is asks
