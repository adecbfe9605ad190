"""State classes are adapters: with the service stubbed, what they ask it and what they make of its answer."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from app.domain.permissions import SPACE, SiteRole, SpaceRole
from app.gateway.context import Caller, caller_var
from app.schemas.documents import DocumentPage, DocumentRow, DocumentView, FindDocuments
from app.schemas.identity import Actor
from app.schemas.imports import Choice, ImportItemView, ImportView, Outcome, SectionView
from app.schemas.revisions import HistoryPage, RevisionView
from app.schemas.shell import NavView
from app.schemas.spaces import SpaceView
from app.services import documents, imports, revisions, shell, spaces
from state.document import DocumentState
from state.documents import DocumentsState
from state.frame import FrameState, leave
from state.history import HistoryState
from state.imports import ImportState

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACTOR = Actor(user_id="u", name="Ann", email="a@example.org", role=SiteRole.member, session_id="s", initials="A")
ROW = {
    "number": "ENG-1",
    "title": "Title <b>",
    "status": "in_review",
    "status_label": "In review",
    "status_tone": "plan",
    "health_label": "2 errors",
    "health_tone": "bad",
    "owner": "Ann",
    "space_key": "ENG",
    "space_name": "Engineering",
    "updated_at": AT,
}
MAY = {"can_write": True, "can_share": True, "may": ("assign", "move", "delete")}
VIEW = DocumentView(**ROW, **MAY, revision=3, content_digest="abc", findings=2)


@pytest.fixture(autouse=True)
def signed_in():
    before = caller_var.set(Caller(actor=ACTOR))
    yield
    caller_var.reset(before)


def space_view(key, name, role):
    return SpaceView(
        key=key,
        name=name,
        description="",
        visibility="private",
        is_archived=False,
        documents=2,
        roles=(role.capitalize(),),
        permissions=sorted(SPACE[role]),
        version=1,
    )


class Answers:
    """Stands in a service's place: answers or raises what it was given, and keeps what it was asked."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    async def __call__(self, *arguments, **named):
        self.asked.append((*arguments, named) if named else arguments)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def answering(monkeypatch, module, name, answer):
    stub = Answers(answer)
    monkeypatch.setattr(module, name, stub)
    return stub


def page(**parts):
    """A State as its handler sees it: the vars, the parameters of the address, the query."""
    query = parts.pop("query", {})
    return SimpleNamespace(router=SimpleNamespace(url=SimpleNamespace(query_parameters=query)), **parts)


async def test_the_frame_shows_who_is_here_and_what_there_is(monkeypatch):
    space = space_view("ENG", "Engineering", SpaceRole.reader)
    view = NavView(name="Ann", initials="A", role=SiteRole.member, documents=2, spaces=(space,))
    asked = answering(monkeypatch, shell, "nav", view)
    state = page()
    await FrameState.load.fn(state)
    assert (state.name, state.initials, state.documents) == ("Ann", "A", "2")
    assert state.spaces == [{"key": "ENG", "name": "Engineering", "count": "2"}]
    assert asked.asked == [(ACTOR,)]


def test_a_notice_is_one_command_and_bounded():
    state = page()
    FrameState.notice.fn(state, "x" * 9000)
    assert [(command["kind"], len(command["text"])) for command in state.commands] == [("notice", 500)]


def test_leaving_is_a_delta_of_a_var_that_exists():
    delta = leave("/d/ENG-1")
    name, variables = next(iter(delta.items()))
    assert name == FrameState.get_full_name()
    assert [key.removesuffix("_rx_state_") for key in variables] == ["commands"]
    assert "commands" in FrameState.vars
    command = variables["commands_rx_state_"][0]
    assert (command["kind"], command["href"]) == ("leave", "/d/ENG-1")
    assert command["id"] != leave("/d/ENG-1")[name]["commands_rx_state_"][0]["id"]


async def test_the_table_shows_a_page_and_where_the_next_one_is(monkeypatch):
    row = DocumentRow(**ROW, summary="What it is")
    asked = answering(
        monkeypatch, documents, "page", DocumentPage(items=(row,), next_cursor="NEXT", total=40, is_cut=True)
    )
    state = page(query={"after": "HERE"})
    await DocumentsState.load.fn(state)
    assert asked.asked == [(ACTOR, FindDocuments(after="HERE"))]
    assert (state.total, state.next_href, state.first_href) == ("40+", "/documents?after=NEXT", "/documents")
    assert state.is_loaded
    assert state.rows[0] == {
        "number": "ENG-1",
        "title": "Title <b>",
        "summary": "What it is",
        "status": "In review",
        "status_tone": "plan",
        "health": "2 errors",
        "health_tone": "bad",
        "owner": "Ann",
        "updated": "2026-03-02T09:00:00+00:00",
    }


async def test_the_first_and_only_page_leads_nowhere(monkeypatch):
    answering(monkeypatch, documents, "page", DocumentPage(items=(), next_cursor="", total=0, is_cut=False))
    state = page()
    await DocumentsState.load.fn(state)
    assert (state.rows, state.next_href, state.first_href, state.is_loaded) == ([], "", "", True)


@pytest.mark.parametrize(("revision", "asked_for"), [("", None), ("2", 2), ("000000002", 2)])
async def test_a_document_is_asked_for_as_the_address_names_it(monkeypatch, revision, asked_for):
    asked = answering(monkeypatch, documents, "view", VIEW)
    state = page(number="ENG-1", revision=revision)
    await DocumentState.load.fn(state)
    assert asked.asked == [(ACTOR, "ENG-1", {"revision": asked_for})]
    assert state.missing == ""
    expected = {"number": "ENG-1", "base": "3", "revision": "revision 3", "digest": "abc", "writable": "yes"}
    assert expected.items() <= state.head.items()
    assert all(isinstance(value, str) for value in state.head.values())


@pytest.mark.req("AUTHZ-06")
@pytest.mark.parametrize("revision", ["x", "-1", "1.0", "9" * 10, "9" * 5000, "²", "1 OR 1=1"])
async def test_a_revision_that_is_no_number_is_missing_and_not_asked_for(monkeypatch, revision):
    asked = answering(monkeypatch, documents, "view", VIEW)
    state = page(number="ENG-1", revision=revision, head={"number": "ENG-9"})
    await DocumentState.load.fn(state)
    assert (state.head, state.missing, asked.asked) == ({}, "There is no such revision.", [])


@pytest.mark.req("IDOR-02")
async def test_what_is_not_there_replaces_what_was_shown(monkeypatch):
    answering(monkeypatch, documents, "view", NotFound("There is no such document."))
    state = page(number="ENG-2", revision="", head={"number": "ENG-1"}, missing="")
    await DocumentState.load.fn(state)
    assert (state.head, state.missing) == ({}, "There is no such document.")


async def test_the_history_links_the_head_and_the_others_differently(monkeypatch):
    def revision(number, *, head):
        return RevisionView(
            number=number, author="Ann", at=AT, message="", digest="d" * 64, content_digest="c", size=1, is_head=head
        )

    answer = HistoryPage(document=VIEW, items=(revision(3, head=True), revision(2, head=False)), next_cursor="OLD")
    asked = answering(monkeypatch, revisions, "history", answer)
    state = page(number="eng-old", query={"after": "C"})
    await HistoryState.load.fn(state)
    assert asked.asked == [(ACTOR, "eng-old", {"cursor": "C"})]
    assert [row["href"] for row in state.rows] == ["/d/ENG-1", "/d/ENG-1/r/2"]
    assert [row["is_head"] for row in state.rows] == ["yes", ""]
    assert (state.rows[0]["message"], state.rows[0]["digest"]) == ("No message", "d" * 12)
    assert state.next_href == "/d/ENG-1/history?after=OLD"


async def test_a_history_that_is_not_there_shows_no_rows_of_another(monkeypatch):
    answering(monkeypatch, revisions, "history", NotFound("No."))
    state = page(number="ENG-2", rows=[{"number": "1"}], is_loaded=True)
    await HistoryState.load.fn(state)
    assert (state.rows, state.is_loaded) == ([], False)


def report(outcome=Outcome.exists):
    section = SectionView(title="T", level=2, line=3, role="errors", verdict="prose", understood=(), note="a note")
    item = ImportItemView(
        id="i", file_name="a.md", outcome=outcome, number=None, title="", message="m", sections=(section,),
        existing_number="ENG-1",
    )  # fmt: skip
    return ImportView(id="b", created_at=AT, space_key="ENG", items=(item,))


async def test_an_import_report_words_every_outcome(monkeypatch):
    for outcome in Outcome:
        answering(monkeypatch, imports, "view", report(outcome))
        state = page(query={"report": "b"})
        await ImportState.load.fn(state)
        item = state.items[0]
        assert item["label"]
        assert item["tone"] in {"ok", "warn", "bad", "unknown"}
        assert (item["title"], item["number"], item["existing"]) == ("a.md", "", "ENG-1")
    assert state.sections["i"][0] == {
        "title": "T",
        "level": "2",
        "verdict": "prose",
        "words": "a note",
        "role": "errors",
    }


async def test_without_a_report_there_is_a_form_for_the_spaces_one_may_write(monkeypatch):
    made = [
        space_view(key, key.title(), SpaceRole.author if writable else SpaceRole.reader)
        for key, writable in (("ENG", True), ("OPS", False))
    ]
    answering(monkeypatch, spaces, "list_for", tuple(made))
    state = page(report="old", items=[{"id": "i"}])
    await ImportState.load.fn(state)
    assert (state.report, state.items, state.spaces) == ("", [], [{"key": "ENG", "name": "Eng (ENG)"}])


async def test_a_report_of_somebody_else_is_no_report(monkeypatch):
    answering(monkeypatch, imports, "view", NotFound("No."))
    state = page(query={"report": "b"}, items=[{"id": "i"}])
    await ImportState.load.fn(state)
    assert (state.report, state.items) == ("", [])


async def test_an_answer_is_given_and_the_report_read_again(monkeypatch):
    asked = answering(monkeypatch, imports, "resolve", report().items[0])
    reloaded = Answers(None)
    await ImportState.resolve.fn(page(report="b", load=reloaded), "i", "create")
    (actor, command) = asked.asked[0]
    assert (actor, command.batch_id, command.item_id, command.choice) == (ACTOR, "b", "i", Choice.create)
    assert reloaded.asked == [()]


@pytest.mark.req("AUTHZ-06")
@pytest.mark.parametrize(
    ("item", "choice"),
    [("i", "CREATE"), ("i", ""), ("i", "delete"), (None, "drop"), ({"a": 1}, "drop"), (["i"], "drop"), ("i", 1)],
)
async def test_an_answer_that_is_none_is_refused_before_anything_is_asked(monkeypatch, item, choice):
    asked = answering(monkeypatch, imports, "resolve", None)
    with pytest.raises(Invalid):
        await ImportState.resolve.fn(page(report="b"), item, choice)
    assert asked.asked == []


@pytest.mark.req("AUTHZ-06")
async def test_refusals_of_a_service_reach_the_person_as_they_are(monkeypatch):
    """Not swallowed, not reworded: the application shows the message of an `AppError`."""
    for error in (Forbidden("You may not."), Conflict("Answered already.")):
        answering(monkeypatch, imports, "resolve", error)
        with pytest.raises(type(error), match=error.message):
            await ImportState.resolve.fn(page(report="b"), "i", "drop")


async def test_without_a_person_an_import_is_not_asked_for(monkeypatch):
    caller_var.set(Caller())
    answering(monkeypatch, imports, "view", AssertionError("asked"))
    with pytest.raises(Unauthenticated):
        await ImportState.load.fn(page(query={"report": "b"}))
