"""All spaces that the reader may see."""

import reflex as rx

from components.ui import tokens
from components.ui.kit import badge, empty, skeleton_rows
from components.ui.listing import makes
from state.spaces import SpacesState

_COLUMNS = (("Space", ""), ("Seen by", "hide"), ("Your role", "hide"), ("Documents", "text-right"))


def _row(row: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            rx.el.a(row["name"], href=f"/s/{row['key']}", class_name="row-title"),
            rx.el.span(row["key"], class_name=f"{tokens.NUMBER} ml-1.5 whitespace-nowrap"),
            rx.cond(row["state"], badge(row["state"], "unknown")),
            rx.el.span(row["description"], class_name="row-summary one-line"),
            class_name=tokens.TABLE_CELL,
        ),
        rx.el.td(row["seen"], class_name=f"{tokens.TABLE_CELL} hide"),
        rx.el.td(rx.cond(row["roles"], row["roles"], "–"), class_name=f"{tokens.TABLE_CELL} hide"),
        rx.el.td(row["documents"], class_name=f"{tokens.TABLE_CELL} row-when"),
        class_name="row",
    )


def _table() -> rx.Component:
    head = [rx.el.th(label, scope="col", class_name=f"{tokens.TABLE_HEAD} {extra}") for label, extra in _COLUMNS]
    return rx.el.table(rx.el.thead(rx.el.tr(*head)), rx.el.tbody(rx.foreach(SpacesState.rows, _row)), class_name="list")


def _nothing() -> rx.Component:
    return empty("No spaces yet", "A space holds documents and says who reads and writes them. Ask who runs this site.")


def space_list() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h1("Spaces", class_name=tokens.PAGE_TITLE),
            rx.el.span(class_name="flex-1"),
            makes(actions=SpacesState.makes, on_done=SpacesState.load),
            class_name="panel-head mb-2.5",
        ),
        rx.cond(
            SpacesState.is_loaded,
            rx.cond(SpacesState.rows.length() > 0, _table(), _nothing()),
            skeleton_rows(4),
        ),
        class_name="page",
        custom_attrs={"aria-busy": ~SpacesState.is_loaded},
    )
