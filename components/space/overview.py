"""A space: who is in it, and its documents."""

import reflex as rx

from components.catalogue.table import documents_table
from components.ui import tokens
from components.ui.kit import empty, icon, skeleton_rows
from state.space import SpaceState


def _people() -> rx.Component:
    def one(person: rx.Var[dict[str, str]]) -> rx.Component:
        return rx.el.li(
            person["initials"], class_name="face", title=person["words"], custom_attrs={"aria-label": person["words"]}
        )

    return rx.cond(
        SpaceState.people.length() > 0,
        rx.el.div(
            rx.el.ul(
                rx.foreach(SpaceState.people, one), class_name="faces", custom_attrs={"aria-label": "Who is in it"}
            ),
            rx.el.span(SpaceState.more, class_name=tokens.MUTED),
            class_name="space-people",
        ),
    )


def _nothing() -> rx.Component:
    closed = empty("Its documents are not shown", SpaceState.closed)
    bring = rx.el.a(icon("upload", 15), "Import Markdown", href="/import", class_name=tokens.BUTTON_PRIMARY)
    yet = empty(
        "No documents in this space yet",
        "Bring in the Markdown you already have: paste it, or choose files.",
        rx.cond(SpaceState.head["writable"], bring),
    )
    return rx.cond(SpaceState.closed, closed, yet)


def _next() -> rx.Component:
    return rx.cond(
        SpaceState.next_href,
        rx.el.nav(
            rx.el.a("Next page", icon("arrow-right", 14), href=SpaceState.next_href, class_name=tokens.BUTTON),
            class_name="flex gap-2 mt-4",
            custom_attrs={"aria-label": "Pages"},
        ),
    )


def space_overview() -> rx.Component:
    return rx.el.section(
        _people(),
        rx.cond(
            SpaceState.is_loaded,
            rx.cond(SpaceState.rows.length() > 0, rx.fragment(documents_table(SpaceState.rows), _next()), _nothing()),
            skeleton_rows(6),
        ),
        class_name="page",
        custom_attrs={"aria-busy": ~SpaceState.is_loaded},
    )
