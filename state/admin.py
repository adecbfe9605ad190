"""The list that an admin page shows, whichever it is: one State for all panels."""

from typing import Any

import reflex as rx
from pydantic import ValidationError

from app import panels
from app.core.errors import AppError
from app.gateway.context import actor
from app.schemas.listing import Listing

NONSENSE = "The address of this page asks for something that this list does not know."


class AdminState(rx.State):
    """`rows` are those of `panel` for the query `asked`; `problem` says why there are none. Filters, order and page
    stand in the address.
    """

    panel: str = ""
    asked: str = ""
    rows: list[dict[str, str]] = []
    next_cursor: str = ""
    total: str = ""
    problem: str = ""

    @rx.event
    async def load(self) -> None:
        """Whatever goes wrong takes the rows off the screen: they may be what this person may not see any more."""
        url = self.router.url
        rows, cursor, total, problem = [], "", "", ""
        try:
            panel = panels.find(url.path.rstrip("/").rpartition("/")[2])
            page = await panel.page(actor(), _query(panel.query, dict(url.query_parameters)))
            rows, cursor = [panel.cells(item) for item in page.items], page.next_cursor
            total = f"{page.total:,}" + ("+" if page.is_cut else "")
        except ValidationError:
            problem = NONSENSE
        except AppError as error:
            problem = error.message
        self.rows, self.next_cursor, self.total, self.problem = rows, cursor, total, problem
        self.panel, self.asked = url.path.rstrip("/"), url.query


def _query(kind: type[Listing], given: dict[str, Any]) -> Listing:
    """What the list does not know is left aside, as in any address."""
    return kind.model_validate({name: value for name, value in given.items() if name in kind.model_fields})
