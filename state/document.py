"""The head of the document that is open: read, edited or looked back at."""

import reflex as rx

from app.core.errors import NotFound
from app.gateway.context import viewer
from app.services import documents
from state import words


class DocumentState(rx.State):
    """`head` is empty until it is loaded; `missing` says why there is none."""

    head: dict[str, str] = {}
    missing: str = ""

    @rx.event
    async def load(self) -> None:
        self.missing = ""
        try:
            view = await documents.view(viewer(), self.number, revision=revision_of(self.revision))
        except NotFound as error:
            self.head, self.missing = {}, error.message
            return
        self.head = words.head(view)


def revision_of(parameter: str) -> int | None:
    """The revision that an address names, if it names one; raises `NotFound` for what is no number."""
    if parameter and not (parameter.isdecimal() and len(parameter) < 10):
        raise NotFound("There is no such revision.")
    return int(parameter) if parameter else None
