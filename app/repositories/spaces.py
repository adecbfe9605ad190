"""Spaces, their members, and the next number of each."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.permissions import SpaceRole
from models import Document, Space, SpaceMember


class SpaceRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, space: Space) -> None:
        self._session.add(space)
        await self._session.flush()

    async def add_member(self, space_id: str, user_id: str, role: SpaceRole) -> None:
        self._session.add(SpaceMember(space_id=space_id, user_id=user_id, role=role))
        await self._session.flush()

    async def key_is_taken(self, key: str) -> bool:
        return (await self._session.scalars(select(col(Space.id)).where(col(Space.key) == key))).first() is not None

    async def get(self, space_id: str) -> Space | None:
        return await self._session.get(Space, space_id)

    async def by_key(self, user_id: str, key: str) -> tuple[Space, SpaceRole] | None:
        """The space and the person's role in it; None when there is no such space or no role."""
        rows = await self._session.execute(
            select(Space, col(SpaceMember.role))
            .join(SpaceMember, col(SpaceMember.space_id) == col(Space.id))
            .where(col(Space.key) == key, col(SpaceMember.user_id) == user_id)
        )
        row = rows.one_or_none()
        return None if row is None else (row[0], row[1])

    async def readable_by(self, user_id: str) -> Sequence[tuple[Space, SpaceRole, int]]:
        """The person's spaces by name, with their role and the number of documents."""
        documents = (
            select(func.count(col(Document.id)))
            .where(col(Document.space_id) == col(Space.id))
            .correlate(Space)
            .scalar_subquery()
        )
        rows = await self._session.execute(
            select(Space, col(SpaceMember.role), documents)
            .join(SpaceMember, col(SpaceMember.space_id) == col(Space.id))
            .where(col(SpaceMember.user_id) == user_id)
            .order_by(col(Space.is_sample), col(Space.name), col(Space.id))
        )
        return [(space, role, count or 0) for space, role, count in rows]

    async def take_number(self, space_id: str) -> int:
        """The next number of the space; two writers never get the same."""
        taken = await self._session.scalars(
            update(Space)
            .where(col(Space.id) == space_id)
            .values(next_number=col(Space.next_number) + 1)
            .returning(col(Space.next_number))
            .execution_options(synchronize_session=False)
        )
        return taken.one() - 1
