"""One page of any list by keyset: the order of one column with the id behind it, so that no row is missed or twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.core import paging
from app.core.errors import Invalid
from app.schemas.listing import Listing

Found = TypeVar("Found")
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Order:
    """Columns of a keyset with their kinds (str, int or datetime), the last one unique; `key` reads them off a row."""

    columns: tuple[Any, ...]
    kinds: tuple[type, ...]
    key: Callable[[Any], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Part(Generic[Found]):
    """`total` is counted no further than `COUNTED`; `is_cut` when there are more."""

    rows: Sequence[Found]
    next_cursor: str
    total: int
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Keyset(Generic[Found]):
    """A list that can be paged: its orders by name, the one it has by itself, and what is made of a row."""

    orders: Mapping[str, Order]
    default: str
    made: Callable[[Any], Found]

    async def part(
        self, session: AsyncSession, statement: Select[*tuple[Any, ...]], listing: Listing, *, counted: bool = True
    ) -> Part[Found]:
        """Raises `Invalid` for an order or a cursor that makes no sense here. Not `counted`, the total is 0."""
        sort = listing.sort or self.default
        order = self.orders.get(sort.removeprefix("-"))
        if order is None:
            raise Invalid("This list cannot be put in that order.", details={"field": "sort"})
        after = paging.decode(listing.after, *order.kinds) if listing.after else None
        arranged = _arranged(statement, order, after, descending=sort.startswith("-"))
        found = (await session.execute(arranged.limit(listing.limit + 1))).all()
        rows = [self.made(row) for row in found[: listing.limit]]
        total = await _count(session, statement) if counted else 0
        return Part(
            rows,
            next_cursor=paging.encode(*order.key(rows[-1])) if len(found) > listing.limit else "",
            total=min(total, COUNTED),
            is_cut=total > COUNTED,
        )


def _arranged(
    statement: Select[*tuple[Any, ...]], order: Order, after: tuple[Any, ...] | None, *, descending: bool
) -> Select[Any]:
    if after is not None:
        here = tuple_(*order.columns)
        statement = statement.where(here < after if descending else here > after)
    return statement.order_by(*(one.desc() if descending else one.asc() for one in order.columns))


async def _count(session: AsyncSession, statement: Select[Any]) -> int:
    first = statement.selected_columns[0]
    bounded = statement.with_only_columns(first).limit(COUNTED + 1).subquery()
    return (await session.scalars(select(func.count()).select_from(bounded))).one()
