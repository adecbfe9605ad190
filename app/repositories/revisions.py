"""Saved texts. They are added and read, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from app.core import ids
from app.core.errors import AppError
from app.core.paging import Page
from app.repositories.scope import parameters, readable_by, values
from app.schemas.identity import Viewer
from models import Document, Revision, User


@dataclass(frozen=True)
class RevisionFacts:
    """A revision without its text."""

    id: str
    number: int
    author: str
    message: str
    text_digest: str
    size: int
    at: datetime


class RevisionRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, revision: Revision) -> None:
        self._session.add(revision)
        await self._session.flush()

    async def text(self, document_id: str, number: int) -> str | None:
        """Raises when it is not what was saved."""
        found = await self._session.execute(
            select(col(Revision.text), col(Revision.text_digest)).where(
                col(Revision.document_id) == document_id, col(Revision.number) == number
            )
        )
        row = found.one_or_none()
        return None if row is None else _sound(row[0], row[1])

    async def newest_texts(self, document_ids: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Number and text by document. Raises when one is not what was saved."""
        found = await self._session.execute(
            select(col(Document.id), col(Revision.number), col(Revision.text), col(Revision.text_digest))
            .join(Revision, col(Revision.id) == col(Document.head_id))
            .where(col(Document.id).in_(document_ids))
        )
        return {document_id: (number, _sound(text, digest)) for document_id, number, text, digest in found}

    async def is_readable(self, viewer: Viewer, text_digest: str) -> bool:
        """Whether some revision with this text is in a document that the viewer may read."""
        return await self._readable(viewer, text_digest, col(Revision.id)) is not None

    async def readable_text(self, viewer: Viewer, text_digest: str) -> str | None:
        return await self._readable(viewer, text_digest, col(Revision.text))

    async def _readable(self, viewer: Viewer, text_digest: str, wanted: Mapped[str]) -> str | None:
        statement = _readable(wanted, is_somebody=bool(viewer.user_id), has_links=bool(viewer.links))
        return (await self._session.scalars(statement, {"text_digest": text_digest, **values(viewer)})).first()

    async def facts(self, document_id: str, number: int) -> RevisionFacts | None:
        statement = _facts(document_id).where(col(Revision.number) == number)
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else RevisionFacts(*row)

    async def page(self, document_id: str, before: int | None, limit: int) -> Page[RevisionFacts]:
        """Newest first, from below revision `before`."""
        statement = _facts(document_id).order_by(col(Revision.number).desc()).limit(limit + 1)
        if before is not None:
            statement = statement.where(col(Revision.number) < before)
        rows = [RevisionFacts(*row) for row in await self._session.execute(statement)]
        return Page(rows[:limit], more=len(rows) > limit)

    async def of(self, document_id: str) -> Sequence[Revision]:
        """All of one document by number, texts included, unscoped: for checks of the whole database only."""
        statement = select(Revision).where(col(Revision.document_id) == document_id).order_by(col(Revision.number))
        return (await self._session.scalars(statement)).all()


def _sound(text: str, digest: str) -> str:
    if ids.digest(text) != digest:
        raise AppError("The stored text is not what was saved: tell whoever runs this site to run `plumbline doctor`.")
    return text


@cache
def _readable(wanted: Mapped[str], *, is_somebody: bool, has_links: bool) -> Select[str]:
    """Of a revision with the text `text_digest` in a document that the viewer may read."""
    return (
        select(wanted)
        .join(Document, col(Document.id) == col(Revision.document_id))
        .where(
            col(Revision.text_digest) == bindparam("text_digest"),
            readable_by(parameters(is_somebody=is_somebody, has_links=has_links)),
        )
        .limit(1)
    )


def _facts(document_id: str) -> Select[str, int, str, str, str, int, datetime]:
    return (
        select(
            col(Revision.id),
            col(Revision.number),
            col(User.name),
            col(Revision.message),
            col(Revision.text_digest),
            col(Revision.size),
            col(Revision.created_at),
        )
        .join(User, col(User.id) == col(Revision.author_id))
        .where(col(Revision.document_id) == document_id)
    )
