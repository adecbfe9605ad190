"""The audit log: reading it, and what the things in it are called today. Rows come from `subscribers.audit` only."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.keyset import Keyset, Order, Part
from app.repositories.users import known_as
from app.schemas.audit import FindAudit, FindEvents
from models import AuditEvent, Document, DocumentAlias, Space, User

_LIST: Keyset[AuditEvent] = Keyset(
    {"at": Order((col(AuditEvent.at), col(AuditEvent.id)), (datetime, str), lambda row: (row.at, row.id))},
    default="-at",
    made=lambda row: row[0],
)
Named = Mapping[tuple[str, str], str]


class AuditRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, query: FindAudit, *, counted: bool = True) -> Part[AuditEvent]:
        """Newest first."""
        return await _LIST.part(self._session, _found(query), query, counted=counted)

    async def of_space(self, space_id: str, query: FindEvents) -> Part[AuditEvent]:
        """What happened to it and to its documents, deleted ones too; no address is looked at."""
        documents = select(col(Document.id)).where(col(Document.space_id) == space_id)
        to_it = and_(col(AuditEvent.object_type) == "space", col(AuditEvent.object_id) == space_id)
        to_them = and_(col(AuditEvent.object_type) == "document", col(AuditEvent.object_id).in_(documents))
        statement = _narrowed(select(AuditEvent).where(or_(to_it, to_them)), query, _named(query.actor))
        return await _LIST.part(self._session, statement, query)

    async def of_document(self, document_id: str, query: FindEvents) -> Part[AuditEvent]:
        """The same of one document."""
        to_it = (col(AuditEvent.object_type) == "document", col(AuditEvent.object_id) == document_id)
        statement = _narrowed(select(AuditEvent).where(*to_it), query, _named(query.actor))
        return await _LIST.part(self._session, statement, query)

    async def count_to(self, query: FindAudit, most: int) -> int:
        """How many there are, counted to one beyond `most`."""
        bounded = _found(query).with_only_columns(col(AuditEvent.id)).limit(most + 1).subquery()
        return (await self._session.scalars(select(func.count()).select_from(bounded))).one()

    async def names(self, rows: Iterable[AuditEvent]) -> Named:
        """What people, spaces and documents in `rows` are called, by object type and id."""
        wanted: dict[str, set[str]] = {"user": set(), "space": set(), "document": set()}
        for row in rows:
            if row.actor_id:
                wanted["user"].add(row.actor_id)
            if row.object_type in wanted:
                wanted[row.object_type].add(row.object_id)
        asked = {
            "user": select(col(User.id), col(User.name)).where(col(User.id).in_(wanted["user"])),
            "space": select(col(Space.id), col(Space.key)).where(col(Space.id).in_(wanted["space"])),
            "document": select(col(Document.id), _number()).join(Space).where(col(Document.id).in_(wanted["document"])),
        }
        found: dict[tuple[str, str], str] = {}
        for kind, statement in asked.items():
            if wanted[kind]:
                found |= {(kind, row[0]): row[1] for row in await self._session.execute(statement)}
        return found


def _number() -> ColumnElement[str]:
    return col(Space.key) + "-" + cast(col(Document.number), String)


def _found(query: FindAudit) -> Select[Any]:
    statement = _narrowed(select(AuditEvent), query, _people(query.actor))
    return statement.where(_about(query.object)) if query.object else statement


def _narrowed(statement: Select[Any], query: FindEvents, people: Select[str]) -> Select[Any]:
    """By what every view of the log can be asked for; `people` are those that the query means."""
    if query.actor:
        statement = statement.where(col(AuditEvent.actor_id).in_(people))
    if query.action:
        whole = col(AuditEvent.action) == query.action
        statement = statement.where(
            col(AuditEvent.action).startswith(query.action, autoescape=True) if query.action.endswith(":") else whole
        )
    if query.result:
        statement = statement.where(col(AuditEvent.result) == query.result.value)
    if query.since:
        statement = statement.where(col(AuditEvent.at) >= datetime.combine(query.since, time.min, UTC))
    if query.until:
        after = datetime.combine(query.until, time.min, UTC) + timedelta(days=1)
        statement = statement.where(col(AuditEvent.at) < after)
    return statement


def _people(text: str) -> Select[str]:
    """Ids of those whose id it is, or whose name or address holds it."""
    return select(col(User.id)).where(known_as(text))


def _named(text: str) -> Select[str]:
    """The same without looking at addresses: who may not see those could guess them by it."""
    return select(col(User.id)).where(or_(col(User.id) == text, col(User.name).icontains(text, autoescape=True)))


def _about(text: str) -> ColumnElement[bool]:
    spaces = select(col(Space.id)).where(col(Space.key) == text.upper())
    documents = select(col(Document.id)).join(Space).where(_number() == text.upper())
    former = col(DocumentAlias.key) + "-" + cast(col(DocumentAlias.number), String)
    moved = select(col(DocumentAlias.document_id)).where(former == text.upper())
    return or_(
        col(AuditEvent.object_id) == text,
        col(AuditEvent.object_id).in_(spaces),
        col(AuditEvent.object_id).in_(documents),
        col(AuditEvent.object_id).in_(moved),
        col(AuditEvent.object_id).in_(_people(text)),
    )
