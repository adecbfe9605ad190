"""What can be changed of a space: what it is, who sees it, who is in it, leaving and archiving it."""

import reflex as rx

from app.schemas.panels import Action
from components.ui.doing_bar import doing_bar
from components.ui.kit import skeleton_rows
from components.ui.listing import makes, panel_table
from state.space_settings import SpaceSettingsState

_SPACE = SpaceSettingsState.space
_COLUMNS = [
    {"key": "who", "label": "Who", "kind": "text", "sort": "", "spare": False},
    {"key": "role", "label": "Role", "kind": "text", "sort": "", "spare": False},
]

_DELETED = [
    {"key": "document", "label": "Document", "kind": "text", "sort": "", "spare": False},
    {"key": "owner", "label": "Owner", "kind": "text", "sort": "", "spare": True},
    {"key": "deleted", "label": "Deleted", "kind": "time", "sort": "", "spare": False},
]
_RESTORE = Action("restore", "Restore", "POST /api/v1/documents/{id}/restore", done="The document is back.")


def _fact(label: str, value: rx.Var[str]) -> rx.Component:
    return rx.fragment(rx.el.dt(label), rx.el.dd(rx.cond(value, value, "–")))


def _about() -> rx.Component:
    return rx.el.section(
        rx.el.h2("About", class_name="settings-title"),
        rx.el.dl(
            _fact("Name", _SPACE["name"]),
            _fact("Key", _SPACE["key"]),
            _fact("What it is for", _SPACE["description"]),
            _fact("Read by", _SPACE["seen"]),
            class_name="facts-list",
        ),
        doing_bar(actions=SpaceSettingsState.doings, row=_SPACE, on_done=SpaceSettingsState.load),
    )


def _people() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("People", class_name="settings-title"),
            rx.el.span(class_name="flex-1"),
            makes(actions=SpaceSettingsState.makes, on_done=SpaceSettingsState.load),
            class_name="panel-head",
        ),
        panel_table(
            columns=_COLUMNS,
            actions=SpaceSettingsState.row_doings,
            rows=SpaceSettingsState.rows,
            label="Who is in this space",
            ready=SpaceSettingsState.is_loaded,
            asked="",
            sort="",
            on_done=SpaceSettingsState.load,
        ),
    )


def _deleted() -> rx.Component:
    return rx.cond(
        SpaceSettingsState.deleted,
        rx.el.section(
            rx.el.h2("Deleted documents", class_name="settings-title"),
            rx.cond(_SPACE["deleted"], rx.el.p(_SPACE["deleted"], class_name="settings-note")),
            panel_table(
                columns=_DELETED,
                actions=[_RESTORE.as_map()],
                rows=SpaceSettingsState.deleted,
                label="Deleted documents",
                ready=SpaceSettingsState.is_loaded,
                asked="",
                sort="",
                on_done=SpaceSettingsState.load,
            ),
        ),
    )


def space_settings() -> rx.Component:
    return rx.el.div(
        rx.cond(
            SpaceSettingsState.is_loaded,
            rx.el.div(_people(), _about(), _deleted(), class_name="space-settings"),
            skeleton_rows(5),
        ),
        class_name="page",
        custom_attrs={"aria-busy": ~SpaceSettingsState.is_loaded},
    )
