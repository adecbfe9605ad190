"""Every event handler is a remotely callable endpoint: the table of who may call it against what is registered."""

import pytest
from reflex_base.registry import RegistrationContext

from app.app import pages
from app.gateway.events import FRAMEWORK, Access, EventGuard
from state import access

ROOT = "reflex___state____state."
ANYBODY = {f"{ROOT}state___frame____frame_state.{name}" for name in ("load", "notice", "reload")}


@pytest.fixture(scope="module")
def registered() -> set[str]:
    """What Reflex would run at a client's word once every page is there."""
    assert pages
    return set(RegistrationContext.get().event_handlers)


@pytest.mark.req("AUTHZ-06")
def test_every_handler_of_a_state_has_a_row_and_no_row_is_stale(registered):
    ours = {name for name in registered if name.startswith(f"{ROOT}state___") and not name.endswith(".setvar")}
    assert ours == set(access.policy())
    assert set(FRAMEWORK) <= registered


@pytest.mark.req("AUTHZ-06")
def test_without_a_line_for_each_handler_nothing_is_built(monkeypatch):
    complete = access.policy()
    state, handlers = next(iter(access.HANDLERS.items()))
    monkeypatch.setattr(access, "HANDLERS", {**access.HANDLERS, state: {}})
    with pytest.raises(LookupError, match=rf"nothing is declared for .*{next(iter(handlers))}"):
        access.policy()
    monkeypatch.setattr(access, "HANDLERS", {**access.HANDLERS, state: {**handlers, "gone": Access.public}})
    with pytest.raises(LookupError, match=r"there is no .*\.gone"):
        access.policy()
    assert complete


@pytest.mark.req("AUTHZ-06")
def test_what_anybody_may_call_is_little_and_known():
    assert {name for name, who in access.policy().items() if who is Access.public} == ANYBODY


@pytest.mark.req("AUTHZ-06")
def test_what_else_is_registered_is_refused(registered):
    """That is `setvar` of each state, with which a client could write any var."""
    left = registered - set(EventGuard(access.policy(), dict).policy)
    assert {name.rpartition(".")[2] for name in left} == {"setvar"}
    assert len(left) > len(access.HANDLERS)
