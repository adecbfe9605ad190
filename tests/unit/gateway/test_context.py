"""Who is behind the code that runs now."""

import pytest

from app.core.errors import Unauthenticated
from app.gateway import revocation
from app.gateway.context import Caller, actor, caller, caller_var, viewer
from app.schemas.identity import Viewer
from app.services import accounts
from tests.unit.gateway.conftest import ANN

LINKS = frozenset({"d" * 64})


def test_outside_of_calls_the_caller_is_an_empty_one():
    token = caller_var.set(None)
    try:
        assert (caller().address, caller().actor, caller().route) == ("", None, "")
        assert caller().request_id != caller().request_id
    finally:
        caller_var.reset(token)


def test_a_caller_is_written_down_as_an_origin(current):
    current.user_agent = "Browser"
    assert caller() is current
    found = current.origin
    assert (found.request_id, found.address, found.user_agent) == (current.request_id, "192.0.2.1", "Browser")
    assert len(Caller().request_id) == 32


def test_who_asks_is_the_person_with_the_links_of_the_browser(current):
    assert viewer() == Viewer()
    current.links = LINKS
    assert viewer() == Viewer(links=LINKS)
    assert viewer().links == LINKS
    current.actor = ANN
    assert viewer().user_id == ANN.user_id
    assert viewer().links == LINKS
    current.links = frozenset()
    assert viewer() is ANN


def test_without_a_person_somebody_has_to_sign_in(current):
    with pytest.raises(Unauthenticated, match="Sign in first"):
        actor()
    current.actor = ANN
    assert actor() is ANN


@pytest.mark.req("SESS-06")
async def test_what_outlives_its_event_asks_again_whose_it_is(current, monkeypatch):
    found = {ANN.session_id: ANN.model_copy(update={"name": "Anna"})}

    async def identify(session_id):
        return found.get(session_id)

    monkeypatch.setattr(accounts, "identify_session", identify)
    current.actor = ANN
    assert (await revocation.recheck()).name == "Anna"
    assert caller().actor.name == "Anna"
    found.clear()
    with pytest.raises(Unauthenticated, match="session has ended"):
        await revocation.recheck()
    assert caller().actor is None
