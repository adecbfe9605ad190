"""With whom a document is shared beyond its space: people by name, links."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.permissions import SpaceRole
from app.repositories.scope import is_there
from models import Document, DocumentMember, ShareLink, Space, User


class SharingRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def people(self, document_id: str) -> Sequence[tuple[User, SpaceRole]]:
        """By name."""
        found = await self._session.execute(
            select(User, col(DocumentMember.role))
            .join(DocumentMember, col(DocumentMember.user_id) == col(User.id))
            .where(col(DocumentMember.document_id) == document_id)
            .order_by(col(User.name), col(User.id))
        )
        return [(user, role) for user, role in found]

    async def put(self, document_id: str, user_id: str, role: SpaceRole) -> None:
        await self._session.merge(DocumentMember(document_id=document_id, user_id=user_id, role=role))
        await self._session.flush()

    async def remove(self, document_id: str, user_id: str) -> bool:
        done = await self._session.execute(
            delete(DocumentMember).where(
                col(DocumentMember.document_id) == document_id, col(DocumentMember.user_id) == user_id
            )
        )
        return cast("CursorResult[Any]", done).rowcount == 1

    async def links(self, document_id: str, at: datetime) -> Sequence[tuple[ShareLink, User]]:
        """Those that are good, the newest first, with who made them."""
        found = await self._session.execute(
            select(ShareLink, User)
            .join(User, col(User.id) == col(ShareLink.made_by))
            .where(col(ShareLink.document_id) == document_id, *_is_good(at))
            .order_by(col(ShareLink.id).desc())
        )
        return [(link, user) for link, user in found]

    async def add_link(self, link: ShareLink) -> None:
        self._session.add(link)
        await self._session.flush()

    async def count_links(self, document_id: str, at: datetime) -> int:
        statement = select(func.count(col(ShareLink.id))).where(col(ShareLink.document_id) == document_id)
        return (await self._session.scalars(statement.where(*_is_good(at)))).one()

    async def revoke(self, document_id: str, link_id: str, at: datetime) -> bool:
        """False when the document has no such link, or it led nowhere before."""
        done = await self._session.execute(
            update(ShareLink)
            .where(col(ShareLink.id) == link_id, col(ShareLink.document_id) == document_id, *_is_good(at))
            .values(revoked_at=at)
        )
        return cast("CursorResult[Any]", done).rowcount == 1

    async def revoke_all(self, document_id: str, at: datetime) -> int:
        done = await self._session.execute(
            update(ShareLink).where(col(ShareLink.document_id) == document_id, *_is_good(at)).values(revoked_at=at)
        )
        return cast("CursorResult[Any]", done).rowcount

    async def target(self, digest: str, at: datetime) -> tuple[str, int] | None:
        """Key and number of the document that a link leads to."""
        found = await self._session.execute(
            select(col(Space.key), col(Document.number))
            .select_from(ShareLink)
            .join(Document, col(Document.id) == col(ShareLink.document_id))
            .join(Space, col(Space.id) == col(Document.space_id))
            .where(col(ShareLink.digest) == digest, is_there(), *_is_good(at))
        )
        row = found.one_or_none()
        return None if row is None else (row[0], row[1])


def _is_good(at: datetime) -> tuple[Any, ...]:
    return col(ShareLink.revoked_at).is_(None), col(ShareLink.expires_at) > at
