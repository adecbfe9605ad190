"""Refresh chains and personal access tokens. Only digests are ever compared."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Update, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.core.db import UNNOTED
from models import AuthSession, PersonalToken, RefreshToken, User


class TokenRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, token: RefreshToken | PersonalToken) -> None:
        self._session.add(token)
        await self._session.flush()

    async def spend(self, digest: str, successor_digest: str, at: datetime) -> bool:
        """True for exactly one of several callers: compare and set."""
        return await self._changed(
            update(RefreshToken)
            .where(col(RefreshToken.digest) == digest, col(RefreshToken.used_at).is_(None))
            .values(used_at=at, successor_digest=successor_digest)
        )

    async def link(self, digest: str) -> tuple[RefreshToken, AuthSession, User] | None:
        """A refresh token as it stands now, with its session and person."""
        rows = await self._session.execute(
            select(RefreshToken, AuthSession, User)
            .join(AuthSession, col(AuthSession.id) == col(RefreshToken.session_id))
            .join(User, col(User.id) == col(AuthSession.user_id))
            .where(col(RefreshToken.digest) == digest)
        )
        row = rows.one_or_none()
        return None if row is None else (row[0], row[1], row[2])

    async def personal(self, digest: str) -> tuple[PersonalToken, User] | None:
        rows = await self._session.execute(
            select(PersonalToken, User)
            .join(User, col(User.id) == col(PersonalToken.user_id))
            .where(col(PersonalToken.digest) == digest)
        )
        row = rows.one_or_none()
        return None if row is None else (row[0], row[1])

    async def personal_of(self, user_id: str, at: datetime) -> Sequence[PersonalToken]:
        """Those that are still good, newest first."""
        found = await self._session.scalars(
            select(PersonalToken)
            .where(
                col(PersonalToken.user_id) == user_id,
                col(PersonalToken.revoked_at).is_(None),
                col(PersonalToken.expires_at) > at,
            )
            .order_by(col(PersonalToken.id).desc())
        )
        return found.all()

    async def note_use(self, token_id: str, at: datetime) -> None:
        await self._session.execute(
            update(PersonalToken)
            .where(col(PersonalToken.id) == token_id)
            .values(last_used_at=at)
            .execution_options(**{UNNOTED: True})
        )

    async def revoke(self, user_id: str, token_id: str, at: datetime) -> bool:
        """False when there is no such token of this person, or it was revoked before."""
        return await self._changed(
            update(PersonalToken)
            .where(
                col(PersonalToken.id) == token_id,
                col(PersonalToken.user_id) == user_id,
                col(PersonalToken.revoked_at).is_(None),
            )
            .values(revoked_at=at)
        )

    async def _changed(self, statement: Update) -> bool:
        return cast("CursorResult[Any]", await self._session.execute(statement)).rowcount == 1
