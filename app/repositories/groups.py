"""Groups of people and who is in them; roles that the installation made itself, and who holds those."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.permissions import SpaceRole
from models import CustomRole, GroupMember, SpaceGroup, SpaceMember, User, UserGroup


class GroupRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: UserGroup | CustomRole) -> None:
        self._session.add(row)
        await self._session.flush()

    async def get(self, group_id: str) -> UserGroup | None:
        return await self._session.get(UserGroup, group_id)

    async def all(self) -> Sequence[tuple[UserGroup, int]]:
        """With how many are in each, by name."""
        count = (
            select(func.count())
            .select_from(GroupMember)
            .where(col(GroupMember.group_id) == col(UserGroup.id))
            .correlate(UserGroup)
            .scalar_subquery()
        )
        found = await self._session.execute(select(UserGroup, count).order_by(col(UserGroup.name), col(UserGroup.id)))
        return [(group, people or 0) for group, people in found]

    async def is_taken(self, kind: type[UserGroup] | type[CustomRole], name: str, beside: str = "") -> bool:
        """Whether another of this kind has the name."""
        statement = select(col(kind.id)).where(func.lower(col(kind.name)) == name.lower(), col(kind.id) != beside)
        return (await self._session.scalars(statement)).first() is not None

    async def claim_is_taken(self, claim: str, beside: str = "") -> bool:
        statement = select(col(UserGroup.id)).where(col(UserGroup.claim) == claim, col(UserGroup.id) != beside)
        return (await self._session.scalars(statement)).first() is not None

    async def change(self, kind: type[UserGroup] | type[CustomRole], row_id: str, version: int, **values: Any) -> bool:
        """Only at this version: False when somebody changed it meanwhile."""
        done = await self._session.execute(
            update(kind)
            .where(col(kind.id) == row_id, col(kind.version) == version)
            .values(version=version + 1, **values)
        )
        return cast("CursorResult[Any]", done).rowcount == 1

    async def people(self, group_id: str) -> Sequence[tuple[User, bool]]:
        """By name, and whether the provider put them there."""
        found = await self._session.execute(
            select(User, col(GroupMember.by_claim))
            .join(GroupMember, col(GroupMember.user_id) == col(User.id))
            .where(col(GroupMember.group_id) == group_id)
            .order_by(col(User.name), col(User.id))
        )
        return [(user, by_claim) for user, by_claim in found]

    async def of(self, user_id: str) -> Sequence[tuple[UserGroup, bool]]:
        """The groups of a person, and whether the provider put them there."""
        found = await self._session.execute(
            select(UserGroup, col(GroupMember.by_claim))
            .join(GroupMember, col(GroupMember.group_id) == col(UserGroup.id))
            .where(col(GroupMember.user_id) == user_id)
            .order_by(col(UserGroup.name))
        )
        return [(group, by_claim) for group, by_claim in found]

    async def named(self, claims: Iterable[str]) -> Sequence[UserGroup]:
        """Those that stand for one of these claims."""
        found = await self._session.scalars(select(UserGroup).where(col(UserGroup.claim).in_(tuple(claims))))
        return found.all()

    async def put(self, group_id: str, user_id: str, *, by_claim: bool = False) -> None:
        await self._session.merge(GroupMember(group_id=group_id, user_id=user_id, by_claim=by_claim))
        await self._session.flush()

    async def take_out(self, group_id: str, user_id: str) -> bool:
        done = await self._session.execute(
            delete(GroupMember).where(col(GroupMember.group_id) == group_id, col(GroupMember.user_id) == user_id)
        )
        return cast("CursorResult[Any]", done).rowcount == 1

    async def maintained_by(self, *, group_id: str = "", user_id: str = "") -> Sequence[str]:
        """Ids of the spaces that a group maintains, or any group of a person."""
        of = col(SpaceGroup.group_id) == group_id
        if user_id:
            theirs = select(col(GroupMember.group_id)).where(col(GroupMember.user_id) == user_id)
            of = col(SpaceGroup.group_id).in_(theirs)
        found = await self._session.scalars(
            select(col(SpaceGroup.space_id)).where(of, col(SpaceGroup.role) == SpaceRole.maintainer)
        )
        return found.all()

    async def spaces_of(self, group_id: str) -> Sequence[str]:
        """Ids of the spaces in which it holds a role."""
        found = await self._session.scalars(
            select(col(SpaceGroup.space_id)).where(col(SpaceGroup.group_id) == group_id)
        )
        return found.all()

    async def delete(self, group: UserGroup) -> None:
        for table in (SpaceGroup, GroupMember):
            await self._session.execute(delete(table).where(col(table.group_id) == group.id))
        await self._session.delete(group)
        await self._session.flush()

    async def custom_role(self, role_id: str) -> CustomRole | None:
        """Held against others until the end of the transaction: nobody gives a role that is being deleted."""
        found = await self._session.scalars(select(CustomRole).where(col(CustomRole.id) == role_id).with_for_update())
        return found.one_or_none()

    async def custom_roles(self) -> Sequence[CustomRole]:
        found = await self._session.scalars(select(CustomRole).order_by(col(CustomRole.name), col(CustomRole.id)))
        return found.all()

    async def holders(self, role_id: str) -> int:
        """In how many places the role is held, by a person or by a group."""
        held = [
            select(func.count()).select_from(table).where(column == role_id).scalar_subquery()
            for table, column in (
                (SpaceMember, col(SpaceMember.role)),
                (SpaceGroup, col(SpaceGroup.role)),
                (UserGroup, col(UserGroup.site_role)),
            )
        ]
        return int((await self._session.scalars(select(held[0] + held[1] + held[2]))).one())

    async def delete_role(self, role: CustomRole) -> None:
        await self._session.delete(role)
        await self._session.flush()
