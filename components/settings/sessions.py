"""The list of sessions, each with the button that ends it."""

import reflex as rx

from components.ui import tokens
from components.ui.kit import badge, button, icon, skeleton_rows
from components.ui.served import when
from state.sessions import SessionsState

Row = rx.Var[dict[str, str]]


def _row(row: Row) -> rx.Component:
    return rx.el.li(
        rx.el.span(rx.cond(row["kind"], icon("terminal", 18), icon("monitor", 18)), class_name="text-ink-3"),
        rx.el.div(
            rx.el.span(row["device"], class_name="row-title"),
            rx.el.span(
                row["address"],
                rx.cond(row["kind"], " · program", ""),
                " · last seen ",
                when(at=row["seen"]),
                " · signed in ",
                when(at=row["began"]),
                class_name="row-summary",
            ),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(
            row["current"],
            badge("this one", "ok"),
            button("End", on_click=SessionsState.end(row["id"]), custom_attrs={"aria-label": f"End {row['device']}"}),
        ),
        class_name="settings-row",
    )


def session_list() -> rx.Component:
    return rx.cond(
        SessionsState.is_loaded,
        rx.fragment(
            rx.el.ul(
                rx.foreach(SessionsState.rows, _row),
                class_name="settings-list",
                custom_attrs={"aria-label": "Sessions"},
            ),
            rx.cond(
                SessionsState.others > 0,
                button("End all others", kind=f"{tokens.BUTTON} mt-4", on_click=SessionsState.end_others),
                rx.el.p("You are signed in nowhere else.", class_name=f"{tokens.HINT} mt-3"),
            ),
        ),
        skeleton_rows(3),
    )
