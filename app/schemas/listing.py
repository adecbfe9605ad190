"""Asking for a part of a long list, and the part that is given. What can be filtered is each list's own."""

from typing import Annotated, Generic, TypeVar

from pydantic import Field

from app.core.paging import DEFAULT_LIMIT, MAX_LIMIT
from app.schemas.base import Command, View

Item = TypeVar("Item")
Words = Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f]*$")]
"""What somebody types to find something by: a part of a name, an address, a key."""


class Listing(Command):
    """`after` is the opaque cursor of the page before; `sort` is a name that the list knows, with `-` before it for
    descending, or empty for the list's own order.
    """

    after: str = Field("", max_length=400)
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)
    sort: str = Field("", max_length=30)


class Listed(View, Generic[Item]):
    """`next_cursor` is empty on the last page. Long lists are not counted to the end: `is_cut` says that there are more
    than `total`.
    """

    items: tuple[Item, ...]
    next_cursor: str
    total: int
    is_cut: bool


def whole(items: tuple[Item, ...]) -> Listed[Item]:
    """A short list on its one page."""
    return Listed(items=items, next_cursor="", total=len(items), is_cut=False)
