"""Somebody who is not signed in: what the State of a page asks for them, and where they are sent."""

from types import SimpleNamespace

import pytest

from app.core.errors import Unauthenticated
from app.gateway.context import Caller, caller_var
from app.schemas.identity import Viewer
from app.services import documents, revisions, shell
from state.document import DocumentState
from state.documents import DocumentsState
from state.frame import FrameState
from state.history import HistoryState
from tests.unit.state.test_states import answering, page


@pytest.fixture(autouse=True)
def unknown():
    before = caller_var.set(Caller())
    yield
    caller_var.reset(before)


@pytest.mark.req("AUTHZ-06")
async def test_somebody_unknown_asks_as_nobody(monkeypatch):
    """What they may see is the service's to say; what is about people is not even asked."""
    nav = answering(monkeypatch, shell, "nav", AssertionError("asked"))
    frame = page()
    await FrameState.load.fn(frame)
    assert (nav.asked, frame.unknown) == ([], "yes")
    for module, name, state in (
        (documents, "page", DocumentsState),
        (documents, "view", DocumentState),
        (revisions, "history", HistoryState),
    ):
        asked = answering(monkeypatch, module, name, Unauthenticated("Sign in first."))
        with pytest.raises(Unauthenticated):
            await state.load.fn(page(number="ENG-1", revision=""))
        assert asked.asked[0][0] == Viewer()


def test_reloading_is_a_command_to_load_this_page():
    state = SimpleNamespace(router=SimpleNamespace(url=SimpleNamespace(path="/d/ENG-1")))
    FrameState.reload.fn(state)
    assert [(command["kind"], command["href"]) for command in state.commands] == [("leave", "/d/ENG-1")]
