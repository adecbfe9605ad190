"""One panel as a page: what it is about, its filters, its table, its pages. All of it is said by the panel."""

import dataclasses
import json

import reflex as rx

from app.schemas.panels import Action, AnyPanel, Column, Field, Filter
from components.admin.frame import admin_frame
from components.ui import tokens
from components.ui.kit import button, empty
from components.ui.listing import exports, filters, makes, pager, panel_table
from state.admin import AdminState


def panel_page(panel: AnyPanel) -> rx.Component:
    here = AdminState.panel == panel.href
    return admin_frame(
        panel.title,
        panel.href,
        rx.el.div(
            rx.el.h2(panel.title, class_name="settings-title"),
            rx.cond(here & ~AdminState.problem, rx.el.span(AdminState.total, class_name=tokens.NUMBER)),
            rx.el.span(class_name="flex-1"),
            makes(actions=[_action(one) for one in panel.makes], on_done=AdminState.load)
            if panel.makes
            else rx.fragment(),
            rx.el.div(exports(links=list(panel.exports)), class_name="exports") if panel.exports else rx.fragment(),
            class_name="panel-head",
        ),
        rx.el.p(panel.about, class_name="settings-note"),
        filters(fields=[_filter(one) for one in panel.filters], label=f"Filter {panel.title.lower()}")
        if panel.filters
        else rx.fragment(),
        rx.cond(here & AdminState.problem, _problem(), _list(panel, here)),
    )


def _list(panel: AnyPanel, here: rx.Var[bool]) -> rx.Component:
    return rx.fragment(
        panel_table(
            columns=[_column(one) for one in panel.columns],
            actions=[_action(one) for one in panel.actions],
            rows=AdminState.rows,
            label=panel.title,
            ready=here,
            asked=AdminState.asked,
            sort=panel.sort,
            on_done=AdminState.load,
        ),
        rx.cond(here & (AdminState.rows.length() == 0), empty("Nothing to show", panel.nothing)),
        rx.cond(here, pager(next=AdminState.next_cursor)),
    )


def _problem() -> rx.Component:
    return rx.el.div(
        empty(
            "This could not be shown",
            AdminState.problem,
            button("Try again", on_click=AdminState.load),
            rx.el.a("Begin anew", href=AdminState.panel, class_name=tokens.BUTTON),
        ),
        role="alert",
    )


def _column(column: Column) -> dict[str, object]:
    return {
        "key": column.key,
        "label": column.label,
        "kind": column.kind.value,
        "sort": column.sort,
        "spare": column.spare,
    }


def _filter(one: Filter) -> dict[str, object]:
    kind = "choice" if one.options else "day" if one.is_day else "text"
    return {"name": one.name, "label": one.label, "kind": kind, "options": [list(pair) for pair in one.options.items()]}


def _action(action: Action) -> dict[str, object]:
    return {
        "name": action.name,
        "label": action.label,
        "call": action.call,
        "fields": [_field(one) for one in action.fields],
        "body": json.dumps(dict(action.body)) if action.body else "",
        "done": action.done,
        "confirm": action.confirm,
        "grave": action.grave,
        "shows": action.shows,
    }


def _field(one: Field) -> dict[str, object]:
    return {
        "name": one.name,
        "label": one.label,
        "kind": one.kind.value,
        "options": [list(pair) for pair in one.options.items()],
        "lookup": dataclasses.asdict(one.lookup) if one.lookup else None,
        "value": one.value,
        "hint": one.hint,
        "required": one.required,
        "keeps": one.keeps,
    }
