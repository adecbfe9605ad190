"""The State of all panels and the overview's, with the services stubbed."""

import dataclasses
from types import SimpleNamespace

import pytest

from app import panels
from app.core import clock
from app.core.errors import Forbidden, Invalid, StorageUnavailable
from app.gateway.context import Caller, caller_var
from app.schemas.jobs import JobState, JobView
from app.schemas.listing import Listed
from app.schemas.overview import Chart, Line, OverviewView, Span, Unit
from app.services import overview
from state.admin import NONSENSE, AdminState
from state.overview import OverviewState, seconds
from state.words import size
from tests.unit.state.test_states import ACTOR, AT, Answers

JOB = JobView(
    id="j" * 32, kind="send_mail", state=JobState.dead, attempts=10, created_at=AT, due_at=AT, ended_at=AT,
    last_error="SMTPError",
)  # fmt: skip
PAGE = Listed(items=(JOB,), next_cursor="NEXT", total=10_000, is_cut=True)
KEPT = {"panel": "/admin/audit", "asked": "", "rows": [{"id": "old"}], "next_cursor": "c", "total": "1", "problem": ""}


@pytest.fixture(autouse=True)
def signed_in():
    before = caller_var.set(Caller(actor=ACTOR))
    yield
    caller_var.reset(before)


def page(path="/admin/jobs", query="", **parameters):
    url = SimpleNamespace(path=path, query=query, query_parameters=parameters)
    return SimpleNamespace(router=SimpleNamespace(url=url), **KEPT)


@pytest.fixture
def answering(monkeypatch):
    """Every panel is the jobs', answered by a stub."""

    def stub(answer):
        asked = Answers(answer)
        panel = dataclasses.replace(panels.find("jobs"), page=asked)
        monkeypatch.setattr(panels, "find", lambda _address: panel)
        return asked

    return stub


async def test_a_panel_is_asked_as_the_address_says(answering):
    asked = answering(PAGE)
    state = page("/admin/jobs/", "state=dead&x=1", state="dead", after="HERE", x="1")
    await AdminState.load.fn(state)
    ((actor, query),) = asked.asked
    assert (actor, query.state, query.after, query.limit) == (ACTOR, JobState.dead, "HERE", 25)
    assert (state.panel, state.asked, state.next_cursor) == ("/admin/jobs", "state=dead&x=1", "NEXT")
    assert (state.total, state.problem) == ("10,000+", "")
    row = state.rows[0]
    assert {"kind": "Send mail", "state": "Dead", "state_tone": "bad", "may": "retry discard"}.items() <= row.items()
    assert all(isinstance(value, str) for value in row.values())


@pytest.mark.req("AUTHZ-06")
@pytest.mark.parametrize("error", [Forbidden("You may not."), StorageUnavailable("Away."), Invalid("No such page.")])
async def test_what_cannot_be_shown_takes_the_rows_off_the_screen(answering, error):
    answering(error)
    state = page()
    await AdminState.load.fn(state)
    assert (state.rows, state.next_cursor, state.total, state.problem) == ([], "", "", error.message)


@pytest.mark.parametrize("asked", [{"state": "no such"}, {"limit": "1000"}, {"limit": "x"}, {"after": "x" * 500}])
async def test_nonsense_in_the_address_is_said(answering, asked):
    stub = answering(PAGE)
    state = page(**asked)
    await AdminState.load.fn(state)
    assert (state.rows, state.problem, stub.asked) == ([], NONSENSE, [])


async def test_an_address_without_a_panel_shows_nothing():
    state = page("/admin/nothing")
    await AdminState.load.fn(state)
    assert state.rows == []
    assert state.problem


VIEW = OverviewView(
    version="1", started_at=AT, requests_per_minute=12.5, errors=2, median_seconds=0.004, slow_seconds=1.25,
    people=3, accounts=7, jobs_waiting=4, jobs_dead=1, database_bytes=1_500_000, memory_bytes=150_000_000, workers=2,
    span=Span.hour, spans=(Span.hour, Span.quarter), begins_at=AT, step_minutes=1,
    charts=(Chart(name="q", title="Side work", unit=Unit.number, is_sum=False, lines=(
        Line(name="Waiting", points=(None, 4.0, None)),
    )),),
)  # fmt: skip


async def test_the_overview_is_worded(monkeypatch):
    asked = Answers(VIEW)
    monkeypatch.setattr(overview, "view", asked)
    monkeypatch.setattr(clock, "now", lambda: AT.replace(hour=AT.hour + 3))
    state = page("/admin", span="6h")
    await OverviewState.load.fn(state)
    assert asked.asked == [(ACTOR, Span.quarter)]
    told = {figure["label"]: (figure["value"], figure["note"], figure["tone"]) for figure in state.figures}
    assert told["Time to answer"] == ("4 ms", "95 % below 1.2 s", "")
    assert told["Side work"] == ("4", "waiting, 1 dead", "bad")
    assert told["Running for"][0] == "3 h"
    assert state.charts[0]["said"] == "Side work over 1 hour, last: waiting 4."
    assert [one["href"] for one in state.spans] == ["/admin?span=1h", "/admin?span=6h"]


@pytest.mark.req("AUTHZ-06")
async def test_an_overview_that_is_refused_leaves_nothing_on_the_screen(monkeypatch):
    monkeypatch.setattr(overview, "view", Answers(Forbidden("You may not.")))
    state = page("/admin", span="nonsense")
    await OverviewState.load.fn(state)
    assert (state.figures, state.charts, state.problem) == ([], [], "You may not.")


@pytest.mark.req("AUTHZ-06")
@pytest.mark.parametrize("state", [AdminState, OverviewState])
async def test_without_a_person_nothing_is_asked(monkeypatch, answering, state):
    caller_var.set(Caller())
    stub = answering(PAGE)
    monkeypatch.setattr(overview, "view", stub)
    shown = page()
    await state.load.fn(shown)
    assert stub.asked == []
    assert shown.problem == "Sign in first."


def test_sizes_and_times_in_words():
    assert [size(value) for value in (0, 999, 1000, 12_345, 3_200_000_000)] == [
        "0 B",
        "999 B",
        "1.0 kB",
        "12 kB",
        "3.2 GB",
    ]
    assert [seconds(value) for value in (None, 0.0004, 0.25, 2)] == ["–", "0 ms", "250 ms", "2.0 s"]
