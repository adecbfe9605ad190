"""The State of a comparison: what it asks for and what it makes of the answer, with the service stubbed."""

from types import SimpleNamespace

import pytest

from app.core.errors import NotFound
from app.gateway.context import Caller, caller_var
from app.schemas.comparisons import ComparisonHead
from app.schemas.identity import Viewer
from app.schemas.revisions import RevisionView
from app.services import comparisons
from state.comparison import ComparisonState
from tests.unit.state.test_states import ACTOR, AT, VIEW, answering


@pytest.fixture(autouse=True)
def caller():
    before = caller_var.set(Caller(actor=ACTOR))
    yield
    caller_var.reset(before)


def revision(number):
    return RevisionView(
        number=number, author="Ann", at=AT, message="", digest="d" * 64, content_digest="c", size=1, is_head=number == 3
    )


HEAD = ComparisonHead(document=VIEW, old=revision(1), new=revision(3), content_digest="compare/x")


async def test_it_says_which_two_and_where_the_page_is(monkeypatch):
    asked = answering(monkeypatch, comparisons, "head", HEAD)
    state = SimpleNamespace(number="ENG-1", before="1", after="3")
    await ComparisonState.load.fn(state)
    assert asked.asked == [(ACTOR, "ENG-1", 1, 3)]
    assert (state.facts["title"], state.facts["digest"]) == ("Revision 1 → 3", "compare/x")
    assert (state.facts["old_href"], state.facts["new_href"]) == ("/d/ENG-1/r/1", "/d/ENG-1")
    assert all(isinstance(value, str) for value in state.facts.values())


@pytest.mark.req("AUTHZ-06")
@pytest.mark.parametrize(("before", "after"), [("x", "1"), ("1", "-1"), ("1", "9" * 10), ("²", "1")])
async def test_what_is_no_revision_is_not_asked_for(monkeypatch, before, after):
    asked = answering(monkeypatch, comparisons, "head", HEAD)
    state = SimpleNamespace(number="ENG-1", before=before, after=after, facts={"digest": "old"})
    await ComparisonState.load.fn(state)
    assert (state.facts, state.missing, asked.asked) == ({}, "There is no such revision.", [])


async def test_what_is_not_there_replaces_what_was_shown(monkeypatch):
    answering(monkeypatch, comparisons, "head", NotFound("There is no such document."))
    state = SimpleNamespace(number="ENG-1", before="1", after="2", facts={"digest": "old"})
    await ComparisonState.load.fn(state)
    assert (state.facts, state.missing) == ({}, "There is no such document.")


@pytest.mark.req("AUTHZ-06")
async def test_somebody_unknown_asks_as_nobody(monkeypatch):
    caller_var.set(Caller())
    asked = answering(monkeypatch, comparisons, "head", HEAD)
    await ComparisonState.load.fn(SimpleNamespace(number="ENG-1", before="1", after="2"))
    assert asked.asked[0][0] == Viewer()
