"""The documents table."""

import reflex as rx

from components.ui import tokens
from components.ui.kit import badge, empty, icon, skeleton_rows
from components.ui.served import when
from state.documents import DocumentsState

_COLUMNS = (("Title", ""), ("Status", "hide"), ("Health", "hide"), ("Owner", "hide"), ("Changed", "text-right"))


Rows = list[dict[str, str]] | rx.Var[list[dict[str, str]]]


def _row(row: rx.Var[dict[str, str]]) -> rx.Component:
    address = f"/d/{row['number']}"
    return rx.el.tr(
        rx.el.td(
            rx.el.a(row["title"], href=address, class_name="row-title"),
            rx.el.span(row["number"], class_name=f"{tokens.NUMBER} ml-1.5 whitespace-nowrap"),
            rx.el.span(row["summary"], class_name="row-summary"),
            class_name=tokens.TABLE_CELL,
        ),
        rx.el.td(badge(row["status"], row["status_tone"]), class_name=f"{tokens.TABLE_CELL} hide"),
        rx.el.td(badge(row["health"], row["health_tone"]), class_name=f"{tokens.TABLE_CELL} hide"),
        rx.el.td(row["owner"], class_name=f"{tokens.TABLE_CELL} hide"),
        rx.el.td(when(at=row["updated"]), class_name=f"{tokens.TABLE_CELL} row-when"),
        class_name="row",
    )


def documents_table(rows: Rows) -> rx.Component:
    head = [rx.el.th(label, scope="col", class_name=f"{tokens.TABLE_HEAD} {extra}") for label, extra in _COLUMNS]
    return rx.el.table(rx.el.thead(rx.el.tr(*head)), rx.el.tbody(rx.foreach(rows, _row)), class_name="list")


def _paging() -> rx.Component:
    return rx.el.nav(
        rx.cond(
            DocumentsState.first_href,
            rx.el.a("First page", href=DocumentsState.first_href, class_name=tokens.BUTTON),
        ),
        rx.cond(
            DocumentsState.next_href,
            rx.el.a("Next page", icon("arrow-right", 14), href=DocumentsState.next_href, class_name=tokens.BUTTON),
        ),
        class_name="flex gap-2 mt-4",
        custom_attrs={"aria-label": "Pages"},
    )


def _nothing_yet() -> rx.Component:
    return empty(
        "No documents yet",
        "Bring in the Markdown you already have: paste it, or choose files.",
        rx.el.a(icon("upload", 15), "Import Markdown", href="/import", class_name=tokens.BUTTON_PRIMARY),
    )


def catalogue() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h1("Documents", class_name=tokens.PAGE_TITLE),
            rx.cond(DocumentsState.is_loaded, rx.el.span(DocumentsState.total, class_name=tokens.NUMBER)),
            class_name="flex items-baseline gap-2.5 mb-2.5",
        ),
        rx.cond(
            DocumentsState.is_loaded,
            rx.cond(
                DocumentsState.rows.length() > 0,
                rx.fragment(documents_table(DocumentsState.rows), _paging()),
                _nothing_yet(),
            ),
            skeleton_rows(6),
        ),
        class_name="page",
        custom_attrs={"aria-busy": ~DocumentsState.is_loaded},
    )
