"""Documents as a viewer may see them. Every query takes the viewer and is scoped by `readable_by`."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.permissions import Rights
from app.repositories import standings
from app.repositories.scope import Asker, asker, parameters, readable_by, values, was_readable_by
from app.repositories.standings import StandingRepository
from app.schemas.identity import Viewer
from models import Document, DocumentAlias, Revision, Space, User


@dataclass(frozen=True)
class Listed:
    """A document with its space, its owner and the digest of its newest text."""

    document: Document
    space: Space
    owner: User
    text_digest: str


@dataclass(frozen=True)
class Seen(Listed):
    """The same, and what the asking viewer may do with it."""

    rights: Rights


class DocumentRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._standings = StandingRepository(session)

    async def add(self, document: Document) -> None:
        self._session.add(document)
        await self._session.flush()

    async def lead(self, key: str, number: int, document_id: str) -> None:
        """The number that a document had leads to it from now on."""
        self._session.add(DocumentAlias(key=key, number=number, document_id=document_id))
        await self._session.flush()

    async def get(self, document_id: str) -> Document | None:
        """Unscoped: for checks of the whole database only."""
        return await self._session.get(Document, document_id)

    async def flush(self) -> None:
        await self._session.flush()

    async def seen(self, viewer: Viewer, key: str, number: int) -> Seen | None:
        """By its number or one it had before; None when absent or not for this viewer."""
        for by in (_By.number, _By.former_number):
            found = await self._one(viewer, by, key=key, number=number)
            if found is not None:
                return found
        return None

    async def deleted(self, viewer: Viewer, key: str, number: int) -> Seen | None:
        """One that is there for nobody now, by the same numbers."""
        for by in (_By.number, _By.former_number):
            found = await self._one(viewer, by, is_deleted=True, key=key, number=number)
            if found is not None:
                return found
        return None

    async def seen_by_id(self, viewer: Viewer, document_id: str) -> Seen | None:
        return await self._one(viewer, _By.id, document_id=document_id)

    async def like(self, viewer: Viewer, space_id: str, title: str, origin: str) -> Listed | None:
        """The newest document of the space with this title that came from a file of this name."""
        statement = _listed(asker(viewer)).where(
            col(Document.space_id) == space_id, col(Document.title) == title, col(Document.origin) == origin
        )
        rows = await self._session.execute(statement.order_by(col(Document.id).desc()).limit(1))
        row = rows.first()
        return None if row is None else Listed(*row)

    async def _one(self, viewer: Viewer, by: "_By", *, is_deleted: bool = False, **named: Any) -> Seen | None:
        statement = _seen(by, is_somebody=bool(viewer.user_id), has_links=bool(viewer.links), is_deleted=is_deleted)
        row = (await self._session.execute(statement, {**named, **values(viewer)})).one_or_none()
        if row is None:
            return None
        standing = await self._standings.document(viewer, row[0], row[1], row[4:])
        return Seen(row[0], row[1], row[2], row[3], standing.on_document())

    async def lock(self, document_id: str) -> Document:
        """Fresh, and held against other writers until the end of the transaction (SQLite: held already)."""
        rows = await self._session.scalars(
            select(Document)
            .where(col(Document.id) == document_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return rows.one()

    async def all_ids(self) -> Sequence[str]:
        """Of every document, unscoped: for checks of the whole database only."""
        return (await self._session.scalars(select(col(Document.id)).order_by(col(Document.id)))).all()


class _By(Enum):
    """How one document is named."""

    number = auto()
    former_number = auto()
    id = auto()


@cache
def _seen(by: _By, *, is_somebody: bool, has_links: bool, is_deleted: bool) -> Select[Any]:
    key: Any = bindparam("key")
    number: Any = bindparam("number")
    former = select(col(DocumentAlias.document_id)).where(
        col(DocumentAlias.key) == key, col(DocumentAlias.number) == number
    )
    conditions: dict[_By, ColumnElement[bool]] = {
        _By.number: and_(col(Space.key) == key, col(Document.number) == number),
        _By.former_number: col(Document.id).in_(former),
        _By.id: col(Document.id) == bindparam("document_id"),
    }
    who = parameters(is_somebody=is_somebody, has_links=has_links)
    listed = rows().where(was_readable_by(who)) if is_deleted else _listed(who)
    return listed.add_columns(*standings.on_document(who)).where(conditions[by])


def _listed(who: Asker) -> Select[Document, Space, User, str]:
    return rows().where(readable_by(who))


def rows() -> Select[Document, Space, User, str]:
    return (
        select(Document, Space, User, col(Revision.text_digest))
        .join(Space, col(Space.id) == col(Document.space_id))
        .join(User, col(User.id) == col(Document.owner_id))
        .join(Revision, col(Revision.id) == col(Document.head_id))
    )
