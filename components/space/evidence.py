"""What a team's own tools say, as a list: kind, summary, file, who and when."""

import reflex as rx

from app.domain.evidence.kind import Kind
from components.ui import tokens
from components.ui.kit import empty, hard_link
from components.ui.listing import filters, pager, panel_table
from state.evidence import EvidenceState

_COLUMNS = [
    {"key": "kind", "label": "Kind", "kind": "text", "sort": "", "spare": False},
    {"key": "says", "label": "What it says", "kind": "text", "sort": "", "spare": False},
    {"key": "file", "label": "File", "kind": "text", "sort": "", "spare": False},
    {"key": "by", "label": "Sent by", "kind": "text", "sort": "", "spare": True},
    {"key": "added", "label": "When", "kind": "time", "sort": "", "spare": False},
]
_KINDS = {"name": "kind", "label": "Kind", "kind": "choice", "options": [[one.value, one.label] for one in Kind]}


def _nothing() -> rx.Component:
    words = "Test results, coverage, endpoints, imports and measured values come from your pipeline, over the API."
    here = empty("No evidence here", words, hard_link("How to send it", href="/api/docs", class_name=tokens.BUTTON))
    among = empty("Nothing in this view", "There may be evidence of other kinds, or on the pages before.")
    shown = rx.cond(EvidenceState.asked, among, here)
    return rx.cond(EvidenceState.is_loaded & (EvidenceState.rows.length() == 0), shown)


def space_evidence() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h2("Evidence", class_name="settings-title"),
            rx.cond(EvidenceState.is_loaded, rx.el.span(EvidenceState.total, class_name=tokens.NUMBER)),
            class_name="panel-head",
        ),
        rx.el.p("Reports of the team's own tools, as a pipeline sends them.", class_name="settings-note"),
        filters(fields=[_KINDS], label="Filter evidence"),
        panel_table(
            columns=_COLUMNS,
            actions=EvidenceState.doings,
            rows=EvidenceState.rows,
            label="Evidence",
            ready=EvidenceState.is_loaded,
            asked=EvidenceState.asked,
            sort="",
            on_done=EvidenceState.load,
        ),
        _nothing(),
        rx.cond(EvidenceState.is_loaded, pager(next=EvidenceState.next_cursor)),
        class_name="page",
        custom_attrs={"aria-busy": ~EvidenceState.is_loaded},
    )
