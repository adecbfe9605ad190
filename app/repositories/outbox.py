"""Rows of side work: adding, claiming under a lease, ending. When and how often to try is the service's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, String, Update, case, delete, func, or_, select, update
from sqlalchemy import cast as cast_to
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core import clock
from models import OutboxRow

OPEN = (col(OutboxRow.done_at).is_(None), col(OutboxRow.failed_at).is_(None))


class OutboxRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: OutboxRow) -> bool:
        """False, and nothing added, when a row with this key exists, done or not."""
        try:
            async with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            if row.key is None:
                raise
            return False
        return True

    async def claim(self, now: datetime, until: datetime, by: str, limit: int) -> Sequence[OutboxRow]:
        """Due rows that nobody holds, oldest first, now held by `by` and one attempt older."""
        free = or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) <= now)
        found = await self._session.scalars(
            select(OutboxRow)
            .where(*OPEN, col(OutboxRow.due_at) <= now, free)
            .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = found.all()
        for row in rows:
            row.lease_until, row.leased_by, row.attempts = until, by, row.attempts + 1
        await self._session.flush()
        return rows

    async def end(self, row_id: str, by: str, **values: Any) -> bool:
        """False when somebody else holds the row by now, or it has ended; then nothing is changed."""
        return await self._changed(
            update(OutboxRow)
            .where(*OPEN, col(OutboxRow.id) == row_id, col(OutboxRow.leased_by) == by)
            .values(lease_until=None, leased_by=None, **values)
        )

    async def forget(self, address: str) -> None:
        """What is still kept of mails to this address; those that are due are not sent any more."""
        theirs = cast_to(col(OutboxRow.payload), String).icontains(address, autoescape=True)
        await self._session.execute(update(OutboxRow).where(*OPEN, theirs).values(failed_at=clock.now()))
        await self._session.execute(update(OutboxRow).where(theirs).values(payload={}))

    async def forget_done(self, before: datetime, limit: int) -> int:
        """Remove rows that were done by then, so many at most; how many there were."""
        old = select(col(OutboxRow.id)).where(col(OutboxRow.done_at) < before).limit(limit)
        done = await self._session.execute(delete(OutboxRow).where(col(OutboxRow.id).in_(old)))
        return cast("CursorResult[Any]", done).rowcount

    async def revive(self, row_id: str, now: datetime) -> bool:
        """Make a dead row due again with all its attempts; False when there is no such dead row."""
        return await self._changed(
            update(OutboxRow).where(*_dead(row_id)).values(failed_at=None, attempts=0, due_at=now)
        )

    async def discard(self, row_id: str, now: datetime) -> bool:
        """End a dead row for good and drop what it was to be done with; False when there is no such dead row."""
        return await self._changed(update(OutboxRow).where(*_dead(row_id)).values(done_at=now, payload={}))

    async def depth(self, now: datetime) -> tuple[int, int, int, datetime | None]:
        """How many rows wait, are being worked on, and are dead; since when the oldest that waits has been due."""
        held = col(OutboxRow.lease_until) > now
        dead = col(OutboxRow.failed_at).is_not(None)
        waiting = ~dead & func.coalesce(~held, True)
        found = await self._session.execute(
            select(
                func.count(case((waiting, 1))),
                func.count(case((~dead & held, 1))),
                func.count(case((dead, 1))),
                func.min(case((waiting, col(OutboxRow.due_at)))),
            ).where(col(OutboxRow.done_at).is_(None))
        )
        row = found.one()
        return row[0], row[1], row[2], row[3]

    async def _changed(self, statement: Update) -> bool:
        return cast("CursorResult[Any]", await self._session.execute(statement)).rowcount == 1


def _dead(row_id: str) -> tuple[ColumnElement[bool], ...]:
    return col(OutboxRow.id) == row_id, col(OutboxRow.failed_at).is_not(None), col(OutboxRow.done_at).is_(None)
