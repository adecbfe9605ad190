"""Rows of side work as a list for those who run the site. Claiming and ending them is `outbox`."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.keyset import Keyset, Order, Part
from app.schemas.jobs import FindJobs, JobState
from models import OutboxRow

_LIST: Keyset[OutboxRow] = Keyset(
    {
        "created": Order((col(OutboxRow.id),), (str,), lambda row: (row.id,)),
        "due": Order((col(OutboxRow.due_at), col(OutboxRow.id)), (datetime, str), lambda row: (row.due_at, row.id)),
    },
    default="-created",
    made=lambda row: row[0],
)


class JobRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, query: FindJobs, now: datetime) -> Part[OutboxRow]:
        """Newest first."""
        statement = select(OutboxRow)
        if query.state is not None:
            statement = statement.where(state_is(query.state, now))
        if query.kind:
            statement = statement.where(col(OutboxRow.kind) == query.kind)
        return await _LIST.part(self._session, statement, query)


def state_of(row: OutboxRow, now: datetime) -> JobState:
    """The same as `state_is` asks the database."""
    if row.done_at is not None:
        return JobState.discarded if row.failed_at is not None else JobState.done
    if row.failed_at is not None:
        return JobState.dead
    return JobState.running if row.lease_until is not None and row.lease_until > now else JobState.waiting


def state_is(state: JobState, now: datetime) -> ColumnElement[bool]:
    ended, failed = col(OutboxRow.done_at).is_not(None), col(OutboxRow.failed_at).is_not(None)
    held: Any = func.coalesce(col(OutboxRow.lease_until) > now, false())
    conditions: dict[JobState, ColumnElement[bool]] = {
        JobState.waiting: ~ended & ~failed & ~held,
        JobState.running: ~ended & ~failed & held,
        JobState.dead: ~ended & failed,
        JobState.done: ended & ~failed,
        JobState.discarded: ended & failed,
    }
    return conditions[state]
