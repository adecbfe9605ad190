"""Keys under which somebody asked for something to be done once."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models import IdempotencyKey


class IdempotencyRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def take(self, row: IdempotencyKey) -> bool:
        """False when the person used this key before. Waits for whoever is using it now."""
        try:
            async with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            return False
        return True

    async def find(self, user_id: str, key: str) -> IdempotencyKey | None:
        rows = await self._session.scalars(
            select(IdempotencyKey).where(col(IdempotencyKey.user_id) == user_id, col(IdempotencyKey.key) == key)
        )
        return rows.one_or_none()

    async def answer(self, user_id: str, key: str, answer: dict[str, Any]) -> None:
        await self._session.execute(
            update(IdempotencyKey)
            .where(col(IdempotencyKey.user_id) == user_id, col(IdempotencyKey.key) == key)
            .values(answer=answer)
        )

    async def forget(self, user_id: str, before: datetime) -> None:
        await self._session.execute(
            delete(IdempotencyKey).where(
                col(IdempotencyKey.user_id) == user_id, col(IdempotencyKey.created_at) < before
            )
        )

    async def forget_all(self, before: datetime, limit: int) -> int:
        """Of everybody, so many at most; how many there were."""
        named = col(IdempotencyKey.user_id), col(IdempotencyKey.key)
        old = select(*named).where(col(IdempotencyKey.created_at) < before).limit(limit)
        done = await self._session.execute(delete(IdempotencyKey).where(tuple_(*named).in_(old)))
        return cast("CursorResult[Any]", done).rowcount
