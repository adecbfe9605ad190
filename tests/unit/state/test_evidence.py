"""The State of a space's evidence: what it shows of each file, and to whom it offers to delete one."""

from types import SimpleNamespace

import pytest

from app.core import clock
from app.core.errors import Forbidden
from app.domain.evidence.kind import Kind
from app.domain.permissions import SPACE, SiteRole, SpaceRole
from app.gateway.context import Caller, caller_var
from app.schemas.evidence import EvidenceView, FindEvidence
from app.schemas.identity import Actor
from app.schemas.listing import Listed
from app.schemas.spaces import SpaceView
from app.services import evidence, spaces
from state.evidence import EvidenceState
from tests.unit.state.test_states import answering

ACTOR = Actor(user_id="u", name="Ann", email="a@example.org", role=SiteRole.member, session_id="s", initials="A")
FILE = EvidenceView(
    id="f", kind=Kind.tests, kind_label="Test results", format="JUnit", file_name="junit.xml", size=12_345, digest="d",
    words="2 tests", summary={"tests": 2}, added_by="Ann", created_at=clock.now(),
)  # fmt: skip


@pytest.fixture(autouse=True)
def signed_in():
    before = caller_var.set(Caller(actor=ACTOR))
    yield
    caller_var.reset(before)


def space(role):
    return SpaceView(
        key="ENG", name="Engineering", description="", visibility="private", is_archived=False, documents=1,
        roles=(role.capitalize(),), permissions=sorted(SPACE[role]), version=1,
    )  # fmt: skip


def page(**query):
    url = SimpleNamespace(query_parameters=query, query="&".join(f"{name}={value}" for name, value in query.items()))
    return SimpleNamespace(key="ENG", router=SimpleNamespace(url=url))


@pytest.mark.parametrize(("role", "may"), [(SpaceRole.maintainer, "remove"), (SpaceRole.author, "")])
async def test_a_file_is_shown_and_its_deletion_offered_to_who_may(monkeypatch, role, may):
    answering(monkeypatch, spaces, "view", space(role))
    answering(monkeypatch, evidence, "find", Listed(items=(FILE,), next_cursor="NEXT", total=1200, is_cut=True))
    state = page()
    await EvidenceState.load.fn(state)
    (row,) = state.rows
    assert (row["kind"], row["says"], row["by"], row["may"]) == ("Test results", "2 tests", "Ann", may)
    assert (row["file"], row["file_note"]) == ("junit.xml", "JUnit, 12 kB")
    assert row["file_href"] == "/api/v1/spaces/ENG/evidence/f/file"
    assert (state.next_cursor, state.total, state.is_loaded, state.head["evident"]) == ("NEXT", "1,200+", True, "yes")
    assert state.doings[0]["call"] == "DELETE /api/v1/spaces/ENG/evidence/{id}"


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ({}, FindEvidence()),
        ({"kind": "coverage", "after": "X"}, FindEvidence(kind=(Kind.coverage,), after="X")),
        ({"kind": "nonsense", "sort": "nonsense"}, FindEvidence()),
    ],
)
async def test_kind_and_page_stand_in_the_address(monkeypatch, asked, query):
    answering(monkeypatch, spaces, "view", space(SpaceRole.reader))
    calls = answering(monkeypatch, evidence, "find", Listed(items=(), next_cursor="", total=0, is_cut=False))
    await EvidenceState.load.fn(page(**asked))
    assert calls.asked[-1][2] == query


@pytest.mark.req("AUTHZ-06")
async def test_what_was_shown_is_gone_for_who_may_not_see_it_any_more(monkeypatch):
    answering(monkeypatch, spaces, "view", space(SpaceRole.reader))
    answering(monkeypatch, evidence, "find", Forbidden("You may not read the evidence of this space."))
    state = page()
    state.rows, state.head = [{"says": "2 tests"}], {"title": "E"}
    await EvidenceState.load.fn(state)
    assert (state.missing, state.rows, state.head) == ("You may not read the evidence of this space.", [], {})
