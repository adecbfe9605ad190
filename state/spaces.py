"""The list of spaces that the reader may see."""

from typing import Any

import reflex as rx

from app.domain.permissions import Permission, Visibility
from app.gateway.context import actor
from app.schemas.panels import Action, Field, Input
from app.services import shell, spaces
from state import words

MAKE = Action(
    "make",
    "New space",
    "POST /api/v1/spaces",
    fields=(
        Field("name", "Name"),
        Field("key", "Key", hint="2 to 10 capitals and digits: its documents are KEY-1, KEY-2 and so on, for ever."),
        Field("description", "What it is for", Input.area, required=False),
        Field("visibility", "Who reads it without a role", Input.choice, words.SEEN_BY, value=Visibility.private),
    ),
    done="The space is made. You maintain it.",
)


class SpacesState(rx.State):
    rows: list[dict[str, str]] = []
    makes: list[dict[str, Any]] = []
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        self.rows = [words.space(view) for view in await spaces.list_for(actor())]
        self.makes = [MAKE.as_map()] if Permission.space_create in await shell.permissions(actor()) else []
        self.is_loaded = True
