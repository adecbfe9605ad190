"""The list of revisions."""

import reflex as rx

from components.document.compare import revision_picker
from components.ui import tokens
from components.ui.kit import badge, icon, skeleton_rows
from components.ui.served import when
from state.document import DocumentState
from state.history import HistoryState


def _revision(row: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row["number"], class_name="revision-number"),
        rx.el.div(
            rx.el.a(row["message"], href=row["href"], class_name="row-title"),
            rx.el.span(row["author"], " · ", when(at=row["at"]), class_name="row-summary"),
            class_name="min-w-0",
        ),
        rx.el.span(class_name="flex-1"),
        rx.cond(
            row["compare"],
            rx.el.a(
                "What changed",
                href=row["compare"],
                class_name=tokens.BUTTON,
                title="Compare with the previous one",
                custom_attrs={"aria-label": f"What changed in revision {row['number']}"},
            ),
        ),
        rx.cond(row["is_head"], badge("current", "ok")),
        rx.el.code(row["digest"], class_name=f"{tokens.NUMBER} hide", title="SHA-256 of the text, first 12 digits"),
        class_name="revision",
    )


def revision_list() -> rx.Component:
    return rx.el.section(
        revision_picker(newest=DocumentState.head["base"]),
        rx.cond(
            HistoryState.is_loaded,
            rx.el.ol(rx.foreach(HistoryState.rows, _revision), class_name="revisions"),
            skeleton_rows(3),
        ),
        rx.cond(
            HistoryState.next_href,
            rx.el.a("Older", icon("arrow-right", 14), href=HistoryState.next_href, class_name=tokens.BUTTON),
        ),
        class_name="page",
        custom_attrs={"aria-label": "Revisions", "aria-busy": ~HistoryState.is_loaded},
    )
