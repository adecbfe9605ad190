"""Two revisions that are compared."""

import reflex as rx

from app.core.errors import NotFound
from app.gateway.context import viewer
from app.services import comparisons
from state import words
from state.document import DocumentState, revision_of


class ComparisonState(DocumentState):
    """`facts` is empty until it is loaded: what is compared, who wrote it, and the address of the comparison."""

    facts: dict[str, str] = {}

    @rx.event
    async def load(self) -> None:
        self.facts, self.missing = {}, ""
        try:
            old, new = revision_of(self.before) or 0, revision_of(self.after) or 0
            found = await comparisons.head(viewer(), self.number, old, new)
        except NotFound as error:
            self.missing = error.message
            return
        self.facts = words.comparison(found)
