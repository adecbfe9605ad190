"""The menu of what can be done with a document besides reading and writing it."""

import reflex as rx

from app.domain.permissions import Permission
from app.schemas.panels import Action, Field, Input, Lookup
from components.ui.document_menu import document_menu
from state.document import DocumentState

_CALL = "PATCH /api/v1/documents/{id}"
_OWNER = Field("owner", "Person", Input.person, hint="Somebody who can read it already.")
_SPACE = Field(
    "space",
    "Space",
    Input.lookup,
    lookup=Lookup("/api/v1/spaces", "key", "name", {"permissions": Permission.document_create.value}),
    hint="It gets a new number there, and the old one goes on leading to it.",
)
_ACTIONS = (
    Action("assign", "Give to somebody else", _CALL, fields=(_OWNER,)),
    Action("move", "Move to another space", _CALL, fields=(_SPACE,)),
    Action(
        "delete",
        "Delete",
        "DELETE /api/v1/documents/{id}",
        confirm="Nobody finds {name} any more, and its links end. You can undo it right after; later, the maintainers "
        "of its space can restore it.",
        grave=True,
    ),
)


def menu() -> rx.Component:
    head = DocumentState.head
    actions = [one.as_map() for one in _ACTIONS]
    return document_menu(actions=actions, may=head["may"], base=head["base"], home=head["number"])
