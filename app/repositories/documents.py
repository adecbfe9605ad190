"""Documents as a person may see them. Every query takes the person and is scoped by `readable_by`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.paging import Page
from app.domain.permissions import SpaceRole
from app.repositories.scope import readable_by
from models import Document, DocumentAlias, Revision, Space, SpaceMember, User


@dataclass(frozen=True)
class Seen:
    """A document with its space, its owner, the asking person's role and the digest of its newest text."""

    document: Document
    space: Space
    owner: User
    role: SpaceRole
    text_digest: str


class DocumentRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, document: Document) -> None:
        self._session.add(document)
        await self._session.flush()

    async def get(self, document_id: str) -> Document | None:
        """Unscoped: for checks of the whole database only."""
        return await self._session.get(Document, document_id)

    async def flush(self) -> None:
        await self._session.flush()

    async def seen(self, user_id: str, key: str, number: int) -> Seen | None:
        """By its number or one it had before; None when absent or not for this person."""
        found = await self._one(user_id, col(Space.key) == key, col(Document.number) == number)
        if found is not None:
            return found
        former = select(col(DocumentAlias.document_id)).where(
            col(DocumentAlias.key) == key, col(DocumentAlias.number) == number
        )
        return await self._one(user_id, col(Document.id).in_(former))

    async def seen_by_id(self, user_id: str, document_id: str) -> Seen | None:
        return await self._one(user_id, col(Document.id) == document_id)

    async def like(self, user_id: str, space_id: str, title: str, origin: str) -> Seen | None:
        """The newest document of the space with this title that came from a file of this name."""
        statement = _seen(user_id).where(
            col(Document.space_id) == space_id, col(Document.title) == title, col(Document.origin) == origin
        )
        rows = await self._session.execute(statement.order_by(col(Document.id).desc()).limit(1))
        row = rows.first()
        return None if row is None else _given(row)

    async def _one(self, user_id: str, *conditions: Any) -> Seen | None:
        row = (await self._session.execute(_seen(user_id).where(*conditions))).one_or_none()
        return None if row is None else _given(row)

    async def lock(self, document_id: str) -> Document:
        """Fresh, and held against other writers until the end of the transaction (SQLite: held already)."""
        rows = await self._session.scalars(
            select(Document)
            .where(col(Document.id) == document_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return rows.one()

    async def page(self, user_id: str, after: tuple[datetime, str] | None, limit: int) -> Page[Seen]:
        """Newest change first."""
        statement = _seen(user_id)
        if after is not None:
            statement = statement.where(tuple_(col(Document.updated_at), col(Document.id)) < after)
        statement = statement.order_by(col(Document.updated_at).desc(), col(Document.id).desc()).limit(limit + 1)
        rows = [_given(row) for row in await self._session.execute(statement)]
        return Page(rows[:limit], more=len(rows) > limit)

    async def count(self, user_id: str) -> int:
        counted = await self._session.scalars(select(func.count(col(Document.id))).where(readable_by(user_id)))
        return counted.one()

    async def all_ids(self) -> Sequence[str]:
        """Of every document, unscoped: for checks of the whole database only."""
        return (await self._session.scalars(select(col(Document.id)).order_by(col(Document.id)))).all()


def _given(row: Row[Document, Space, User, SpaceRole, str]) -> Seen:
    return Seen(row[0], row[1], row[2], row[3], row[4])


def _seen(user_id: str) -> Select[Document, Space, User, SpaceRole, str]:
    return (
        select(Document, Space, User, col(SpaceMember.role), col(Revision.text_digest))
        .join(Space, col(Space.id) == col(Document.space_id))
        .join(User, col(User.id) == col(Document.owner_id))
        .join(Revision, col(Revision.id) == col(Document.head_id))
        .join(SpaceMember, col(SpaceMember.space_id) == col(Document.space_id))
        .where(col(SpaceMember.user_id) == user_id, readable_by(user_id))
    )
