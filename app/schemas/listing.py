"""Asking for a part of a long list, and the part that is given. What can be filtered is each list's own."""

from typing import Generic, TypeVar

from pydantic import Field

from app.core.paging import DEFAULT_LIMIT, MAX_LIMIT
from app.schemas.base import Command, View

Item = TypeVar("Item")


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
