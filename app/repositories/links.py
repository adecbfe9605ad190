"""Links that are open. Only digests are ever compared; a link that is spent or replaced is deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models import Link, LinkKind


class LinkRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, link: Link) -> None:
        self._session.add(link)
        await self._session.flush()

    async def open(self, kind: LinkKind, digest: str, at: datetime) -> Link | None:
        found = await self._session.scalars(
            select(Link).where(col(Link.digest) == digest, col(Link.kind) == kind, col(Link.expires_at) > at)
        )
        return found.one_or_none()

    async def still_open(self, kind: LinkKind, link_id: str, at: datetime) -> Link | None:
        found = await self._session.scalars(
            select(Link).where(col(Link.id) == link_id, col(Link.kind) == kind, col(Link.expires_at) > at)
        )
        return found.one_or_none()

    async def spend(self, link_id: str) -> bool:
        """True for exactly one of several callers."""
        return await self._deleted(delete(Link).where(col(Link.id) == link_id)) == 1

    async def end_for(self, kind: LinkKind, email: str, space_id: str | None = None) -> int:
        """End what is open of this kind for an address, of invitations only those into the same space."""
        same = col(Link.space_id).is_(None) if space_id is None else col(Link.space_id) == space_id
        return await self._deleted(delete(Link).where(col(Link.kind) == kind, col(Link.email) == email, same))

    async def end_of(self, user_id: str, *kinds: LinkKind) -> int:
        """End what is open of these kinds for an account."""
        return await self._deleted(delete(Link).where(col(Link.user_id) == user_id, col(Link.kind).in_(kinds)))

    async def forget(self, before: datetime) -> int:
        """Remove those that had expired by then."""
        return await self._deleted(delete(Link).where(col(Link.expires_at) <= before))

    async def invitations(self, at: datetime) -> Sequence[Link]:
        """All that are open, newest first."""
        found = await self._session.scalars(
            select(Link)
            .where(col(Link.kind) == LinkKind.invitation, col(Link.expires_at) > at)
            .order_by(col(Link.id).desc())
        )
        return found.all()

    async def withdraw(self, link_id: str) -> bool:
        """False when there is no such invitation."""
        found = delete(Link).where(col(Link.id) == link_id, col(Link.kind) == LinkKind.invitation)
        return await self._deleted(found) == 1

    async def _deleted(self, statement: Delete) -> int:
        return cast("CursorResult[Any]", await self._session.execute(statement)).rowcount
