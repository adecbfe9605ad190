"""Making a token for a program, shown once; the list of those there are."""

import reflex as rx

from app.domain.permissions import Scope
from components.ui import tokens
from components.ui.kit import button, field, icon, skeleton_rows
from components.ui.post_form import post_form
from components.ui.served import when
from state.tokens import TokensState

_SCOPES = {
    Scope.read: ("Read documents", "List and read what you may read, with findings and revisions."),
    Scope.write: ("Write documents", "Also import texts and save revisions."),
    Scope.evidence: ("Add evidence", "Send test results, coverage and the like to spaces; read no document."),
    Scope.spaces: ("Manage spaces", "Also make spaces, and see to their members, names and visibility."),
    Scope.site: ("Manage the site", "See to people, sessions, side work and the audit log, as far as you may."),
}
_DAYS = (("30 days", 30), ("90 days", 90), ("180 days", 180), ("a year", 365))


def _scope(scope: Scope, *, checked: bool) -> rx.Component:
    title, text = _SCOPES[scope]
    return rx.el.label(
        rx.el.input(type="checkbox", name="scopes[]", value=scope.value, default_checked=checked),
        rx.el.span(rx.el.span(title, class_name="block font-medium"), rx.el.span(text, class_name=tokens.HINT)),
        class_name="choice",
    )


def _life() -> rx.Component:
    return rx.el.div(
        rx.el.label("Good for", html_for="days", class_name=tokens.LABEL),
        rx.el.select(
            *[rx.el.option(label, value=str(days)) for label, days in _DAYS],
            id="days",
            name="days",
            default_value="90",
            class_name=f"{tokens.INPUT} max-w-[180px]",
        ),
    )


def token_form() -> rx.Component:
    return post_form(
        field("Name", "name", "What it is for, such as the name of the pipeline.", required=True, max_length=120),
        rx.el.fieldset(
            rx.el.legend("It may", class_name=tokens.LABEL),
            *[_scope(scope, checked=scope is Scope.read) for scope in Scope],
            class_name="border-0 p-0 m-0",
        ),
        _life(),
        rx.el.div(button("Make the token", kind=tokens.BUTTON_PRIMARY, type="submit")),
        action="/api/v1/me/tokens",
        json=True,
        done="Copy the token now: it is not shown again.",
        reveal="secret",
        on_done=TokensState.load,
        label="New token",
        class_name="stack",
    )


def _row(row: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon("key-round", 18), class_name="text-ink-3"),
        rx.el.div(
            rx.el.span(row["name"], class_name="row-title"),
            rx.el.span(
                row["scopes"],
                " · ",
                rx.cond(row["used"], rx.fragment("last used ", when(at=row["used"])), "never used"),
                " · good until ",
                row["expires"],
                class_name="row-summary",
            ),
            class_name="min-w-0 flex-1",
        ),
        button("Revoke", on_click=TokensState.revoke(row["id"]), custom_attrs={"aria-label": f"Revoke {row['name']}"}),
        class_name="settings-row",
    )


def token_list() -> rx.Component:
    return rx.cond(
        TokensState.is_loaded,
        rx.cond(
            TokensState.rows.length() > 0,
            rx.el.ul(
                rx.foreach(TokensState.rows, _row), class_name="settings-list", custom_attrs={"aria-label": "Tokens"}
            ),
            rx.el.p("You have no tokens.", class_name=tokens.MUTED),
        ),
        skeleton_rows(2),
    )
