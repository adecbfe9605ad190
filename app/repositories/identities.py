"""Identities at providers, and visits there that have begun."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models import LinkedIdentity, ProviderVisit, User


class IdentityRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, issuer: str, subject: str) -> tuple[LinkedIdentity, User] | None:
        rows = await self._session.execute(
            select(LinkedIdentity, User)
            .join(User, col(User.id) == col(LinkedIdentity.user_id))
            .where(col(LinkedIdentity.issuer) == issuer, col(LinkedIdentity.subject) == subject)
        )
        row = rows.one_or_none()
        return None if row is None else (row[0], row[1])

    async def of(self, user_id: str) -> Sequence[LinkedIdentity]:
        """Oldest first."""
        found = await self._session.scalars(
            select(LinkedIdentity)
            .where(col(LinkedIdentity.user_id) == user_id)
            .order_by(col(LinkedIdentity.created_at), col(LinkedIdentity.id))
        )
        return found.all()

    async def add(self, identity: LinkedIdentity) -> bool:
        """False, and nothing added, when somebody has it."""
        try:
            async with self._session.begin_nested():
                self._session.add(identity)
        except IntegrityError:
            return False
        return True

    async def remove(self, user_id: str, identity_id: str) -> bool:
        """False when this person has no such identity."""
        return await self._changed(
            delete(LinkedIdentity).where(col(LinkedIdentity.user_id) == user_id, col(LinkedIdentity.id) == identity_id)
        )

    async def used(self, identity_id: str, at: datetime) -> None:
        await self._session.execute(
            update(LinkedIdentity).where(col(LinkedIdentity.id) == identity_id).values(last_used_at=at)
        )

    async def begin(self, visit: ProviderVisit) -> None:
        self._session.add(visit)
        await self._session.flush()

    async def end(self, state_digest: str, browser_digest: str, provider: str) -> ProviderVisit | None:
        """The visit, for exactly one caller, ever; None unless this browser began it, at this provider."""
        visit = await self._session.get(ProviderVisit, state_digest)
        if visit is None or (visit.browser_digest, visit.provider) != (browser_digest, provider):
            return None
        gone = delete(ProviderVisit).where(col(ProviderVisit.state_digest) == state_digest)
        self._session.expunge(visit)
        return visit if await self._changed(gone) else None

    async def forget_visits(self, before: datetime) -> None:
        await self._session.execute(delete(ProviderVisit).where(col(ProviderVisit.expires_at) < before))

    async def _changed(self, statement: Any) -> bool:
        return cast("CursorResult[Any]", await self._session.execute(statement)).rowcount == 1
