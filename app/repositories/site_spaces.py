"""All spaces with what is in them, in numbers: for those who look after them. No document is read."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.permissions import SpaceRole
from app.repositories.keyset import Keyset, Order, Part
from app.repositories.scope import is_there
from app.schemas.site_spaces import FindSpaces, SpaceState
from models import Document, Space, SpaceGroup, SpaceMember, User

Counted = tuple[Space, int, int, int]
_LIST: Keyset[Counted] = Keyset(
    {
        "key": Order((col(Space.key),), (str,), lambda row: (row[0].key,)),
        "made": Order((col(Space.id),), (str,), lambda row: (row[0].id,)),
    },
    default="key",
    made=lambda row: (row[0], row[1], row[2], row[3]),
)


class SiteSpaceRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, query: FindSpaces) -> Part[Counted]:
        """By key: each with the numbers of its documents, people and groups."""
        statement = select(
            Space,
            _count(Document, is_there()),
            _count(SpaceMember),
            _count(SpaceGroup),
        )
        if query.what:
            named = [field.icontains(query.what, autoescape=True) for field in (col(Space.key), col(Space.name))]
            statement = statement.where(or_(*named))
        if query.state is not None:
            archived = col(Space.archived_at).is_not(None)
            statement = statement.where(archived if query.state is SpaceState.archived else ~archived)
        if query.visibility is not None:
            statement = statement.where(col(Space.visibility) == query.visibility)
        return await _LIST.part(self._session, statement, query)

    async def maintainers(self, space_ids: Sequence[str]) -> dict[str, list[str]]:
        """Names of people who maintain each of these spaces, by name."""
        found = await self._session.execute(
            select(col(SpaceMember.space_id), col(User.name))
            .join(User, col(User.id) == col(SpaceMember.user_id))
            .where(col(SpaceMember.space_id).in_(space_ids), col(SpaceMember.role) == SpaceRole.maintainer)
            .order_by(col(User.name))
        )
        names: dict[str, list[str]] = {}
        for space_id, name in found:
            names.setdefault(space_id, []).append(name)
        return names


def _count(table: type[Document | SpaceMember | SpaceGroup], *which: ColumnElement[bool]) -> ColumnElement[int]:
    of_it = select(func.count()).select_from(table).where(col(table.space_id) == col(Space.id), *which)
    return of_it.correlate(Space).scalar_subquery()
