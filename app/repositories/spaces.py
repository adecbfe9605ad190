"""Spaces as a viewer may see them, and the next number of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.permissions import Permission, Rights, Standing
from app.repositories import standings
from app.repositories.scope import asker, is_readable_by, is_there
from app.repositories.standings import StandingRepository
from app.schemas.identity import Viewer
from models import Document, Space, SpaceMember


@dataclass(frozen=True)
class SeenSpace:
    """A space, what the asking viewer may do there and as what, and how many documents it has."""

    space: Space
    rights: Rights
    roles: tuple[str, ...]
    documents: int


class SpaceRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._standings = StandingRepository(session)

    async def add(self, space: Space) -> None:
        self._session.add(space)
        await self._session.flush()

    async def add_member(self, space_id: str, user_id: str, role: str) -> None:
        self._session.add(SpaceMember(space_id=space_id, user_id=user_id, role=role))
        await self._session.flush()

    async def key_is_taken(self, key: str) -> bool:
        return (await self._session.scalars(select(col(Space.id)).where(col(Space.key) == key))).first() is not None

    async def get(self, space_id: str) -> Space | None:
        return await self._session.get(Space, space_id)

    async def hold(self, space_ids: Collection[str]) -> Sequence[Space]:
        """Against others who hold them, until the end of the transaction (SQLite: held already)."""
        found = await self._session.scalars(
            select(Space).where(col(Space.id).in_(space_ids)).order_by(col(Space.id)).with_for_update(key_share=True)
        )
        return found.all()

    async def by_key(self, key: str) -> Space | None:
        """Unscoped: for services that have asked already."""
        return (await self._session.scalars(select(Space).where(col(Space.key) == key))).one_or_none()

    async def seen(self, viewer: Viewer, key: str) -> SeenSpace | None:
        """None when there is no such space, or the viewer may not see it."""
        found = await self._seen(viewer, col(Space.key) == key)
        return next((one for one in found if Permission.space_read in one.rights), None)

    async def readable_by(self, viewer: Viewer) -> Sequence[SeenSpace]:
        """By name, the sample last."""
        return await self._seen(viewer, is_readable_by(asker(viewer)))

    async def _seen(self, viewer: Viewer, condition: Any) -> Sequence[SeenSpace]:
        documents = (
            select(func.count())  # of rows, not of ids: for that the database needs nothing but the index
            .select_from(Document)
            .where(col(Document.space_id) == col(Space.id), is_there())
            .correlate(Space)
            .scalar_subquery()
        )
        rows = await self._session.execute(
            select(Space, documents, *standings.in_space(asker(viewer)))
            .where(condition)
            .order_by(col(Space.is_sample), col(Space.name), col(Space.id))
        )
        found = rows.all()
        held = await self._standings.spaces([(row[0], row[2:]) for row in found])
        return [_seen_as(row[0], standing, row[1]) for row, standing in zip(found, held, strict=True)]

    async def change(self, space_id: str, version: int, **values: Any) -> bool:
        """Only at this version: False when somebody changed it meanwhile."""
        done = await self._session.execute(
            update(Space)
            .where(col(Space.id) == space_id, col(Space.version) == version)
            .values(version=version + 1, **values)
            .execution_options(synchronize_session=False)
        )
        return cast("CursorResult[Any]", done).rowcount == 1

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


def _seen_as(space: Space, standing: Standing, documents: int) -> SeenSpace:
    names = tuple(dict.fromkeys(role.name for role in standing.roles))
    return SeenSpace(space, standing.in_space(), names, documents)
