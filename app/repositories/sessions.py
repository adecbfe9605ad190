"""Signed-in browsers and the one-time setup link."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Update, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.core.db import UNNOTED
from models import AuthSession, RefreshToken, SetupToken, User


def _open(user_id: str) -> tuple[Any, ...]:
    return col(AuthSession.user_id) == user_id, col(AuthSession.ended_at).is_(None)


class SessionRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, auth_session: AuthSession) -> None:
        self._session.add(auth_session)
        await self._session.flush()

    async def by_token(self, token_digest: str) -> tuple[AuthSession, User] | None:
        return await self._one(col(AuthSession.token_digest) == token_digest)

    async def by_id(self, session_id: str) -> tuple[AuthSession, User] | None:
        return await self._one(col(AuthSession.id) == session_id)

    async def _one(self, condition: Any) -> tuple[AuthSession, User] | None:
        rows = await self._session.execute(
            select(AuthSession, User).join(User, col(User.id) == col(AuthSession.user_id)).where(condition)
        )
        row = rows.one_or_none()
        return None if row is None else (row[0], row[1])

    async def touch(self, session_id: str, at: datetime) -> None:
        await self._session.execute(
            update(AuthSession)
            .where(col(AuthSession.id) == session_id, col(AuthSession.last_seen_at) < at)
            .values(last_seen_at=at)
            .execution_options(**{UNNOTED: True})
        )

    async def prove(self, session_id: str, at: datetime) -> bool:
        """Note that its person proved again who they are; False when the session has ended."""
        return await self._changed(
            update(AuthSession)
            .where(col(AuthSession.id) == session_id, col(AuthSession.ended_at).is_(None))
            .values(authenticated_at=at)
        )

    async def end(self, session_id: str, at: datetime) -> bool:
        """False when it had ended before."""
        return await self._changed(
            update(AuthSession)
            .where(col(AuthSession.id) == session_id, col(AuthSession.ended_at).is_(None))
            .values(ended_at=at)
        )

    async def alive_of(self, user_id: str, at: datetime) -> Sequence[AuthSession]:
        """Those not ended and not outlived, last used first; one that is idle too long is still among them."""
        found = await self._session.scalars(
            select(AuthSession)
            .where(*_open(user_id), col(AuthSession.expires_at) > at)
            .order_by(col(AuthSession.last_seen_at).desc())
        )
        return found.all()

    async def end_own(self, user_id: str, session_id: str, at: datetime) -> bool:
        """False when this person has no such session, or it had ended before."""
        return await self._changed(
            update(AuthSession).where(*_open(user_id), col(AuthSession.id) == session_id).values(ended_at=at)
        )

    async def end_others(self, user_id: str, kept_id: str, at: datetime) -> int:
        """How many ended."""
        done = await self._session.execute(
            update(AuthSession).where(*_open(user_id), col(AuthSession.id) != kept_id).values(ended_at=at)
        )
        return cast("CursorResult[Any]", done).rowcount

    async def end_all(self, user_id: str, at: datetime) -> int:
        """How many ended."""
        done = await self._session.execute(update(AuthSession).where(*_open(user_id)).values(ended_at=at))
        return cast("CursorResult[Any]", done).rowcount

    async def forget(self, before: datetime, limit: int) -> int:
        """Remove those that had ended or outlived by then, with their tokens, so many at most; how many there were. The
        one in which a person was seen last stays: it says when that was, and no longer from where.
        """
        is_over = or_(col(AuthSession.ended_at) < before, col(AuthSession.expires_at) < before)
        later = aliased(AuthSession)
        is_later = col(later.last_seen_at) > col(AuthSession.last_seen_at)
        was_seen_since = exists().where(col(later.user_id) == col(AuthSession.user_id), is_later)
        found = select(col(AuthSession.id)).where(is_over, was_seen_since).limit(limit)
        old = (await self._session.scalars(found)).all()
        await self._session.execute(delete(RefreshToken).where(col(RefreshToken.session_id).in_(old)))
        await self._session.execute(delete(AuthSession).where(col(AuthSession.id).in_(old)))
        says_where = or_(col(AuthSession.address) != "", col(AuthSession.user_agent) != "")
        last = (await self._session.scalars(select(col(AuthSession.id)).where(is_over, says_where).limit(limit))).all()
        blank = update(AuthSession).where(col(AuthSession.id).in_(last)).values(address="", user_agent="")
        await self._session.execute(blank)
        return max(len(old), len(last))

    async def replace_setup_token(self, token: SetupToken) -> None:
        """At most one link is good at a time."""
        await self._session.execute(delete(SetupToken))
        self._session.add(token)
        await self._session.flush()

    async def setup_token_is_good(self, token_digest: str, at: datetime) -> bool:
        found = await self._session.scalars(
            select(col(SetupToken.digest)).where(
                col(SetupToken.digest) == token_digest,
                col(SetupToken.used_at).is_(None),
                col(SetupToken.expires_at) > at,
            )
        )
        return found.first() is not None

    async def spend_setup_token(self, token_digest: str, at: datetime) -> bool:
        """True for exactly one of several callers."""
        return await self._changed(
            update(SetupToken)
            .where(
                col(SetupToken.digest) == token_digest,
                col(SetupToken.used_at).is_(None),
                col(SetupToken.expires_at) > at,
            )
            .values(used_at=at)
        )

    async def _changed(self, statement: Update) -> bool:
        return cast("CursorResult[Any]", await self._session.execute(statement)).rowcount == 1
