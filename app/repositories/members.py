"""Who holds which role in a space: people, and groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.permissions import SpaceRole
from app.repositories.users import MAY_SIGN_IN
from models import Document, GroupMember, Space, SpaceGroup, SpaceMember, User, UserGroup


@dataclass(frozen=True)
class Held:
    """One person's role in one space, and how many of its documents are theirs."""

    space: Space
    role: str
    documents: int


class MemberRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def people(self, space_id: str) -> Sequence[tuple[User, str]]:
        """With their own role there, by name."""
        found = await self._session.execute(
            select(User, col(SpaceMember.role))
            .join(SpaceMember, col(SpaceMember.user_id) == col(User.id))
            .where(col(SpaceMember.space_id) == space_id)
            .order_by(col(User.name), col(User.id))
        )
        return [(user, role) for user, role in found]

    async def groups(self, space_id: str) -> Sequence[tuple[UserGroup, str, int]]:
        """With the role of the group there and how many are in it, by name."""
        count = (
            select(func.count())
            .select_from(GroupMember)
            .where(col(GroupMember.group_id) == col(UserGroup.id))
            .correlate(UserGroup)
            .scalar_subquery()
        )
        found = await self._session.execute(
            select(UserGroup, col(SpaceGroup.role), count)
            .join(SpaceGroup, col(SpaceGroup.group_id) == col(UserGroup.id))
            .where(col(SpaceGroup.space_id) == space_id)
            .order_by(col(UserGroup.name), col(UserGroup.id))
        )
        return [(group, role, people or 0) for group, role, people in found]

    async def role(self, space_id: str, user_id: str) -> str | None:
        """Their own, not that of a group."""
        found = await self._session.scalars(
            select(col(SpaceMember.role)).where(
                col(SpaceMember.space_id) == space_id, col(SpaceMember.user_id) == user_id
            )
        )
        return found.one_or_none()

    async def group_role(self, space_id: str, group_id: str) -> str | None:
        found = await self._session.scalars(
            select(col(SpaceGroup.role)).where(
                col(SpaceGroup.space_id) == space_id, col(SpaceGroup.group_id) == group_id
            )
        )
        return found.one_or_none()

    async def put(self, space_id: str, user_id: str, role: str) -> None:
        await self._session.merge(SpaceMember(space_id=space_id, user_id=user_id, role=role))
        await self._session.flush()

    async def put_group(self, space_id: str, group_id: str, role: str) -> None:
        await self._session.merge(SpaceGroup(space_id=space_id, group_id=group_id, role=role))
        await self._session.flush()

    async def remove(self, space_id: str, user_id: str) -> None:
        await self._session.execute(
            delete(SpaceMember).where(col(SpaceMember.space_id) == space_id, col(SpaceMember.user_id) == user_id)
        )

    async def remove_group(self, space_id: str, group_id: str) -> None:
        await self._session.execute(
            delete(SpaceGroup).where(col(SpaceGroup.space_id) == space_id, col(SpaceGroup.group_id) == group_id)
        )

    async def has_maintainer(self, space_id: str, *, beside: str = "") -> bool:
        """Whether somebody who may sign in maintains the space, by themselves or through a group; `beside` a person."""
        own = select(col(SpaceMember.user_id)).where(
            col(SpaceMember.space_id) == space_id, col(SpaceMember.role) == SpaceRole.maintainer
        )
        grouped = (
            select(col(GroupMember.user_id))
            .join(SpaceGroup, col(SpaceGroup.group_id) == col(GroupMember.group_id))
            .where(col(SpaceGroup.space_id) == space_id, col(SpaceGroup.role) == SpaceRole.maintainer)
        )
        found = await self._session.scalars(
            select(col(User.id))
            .where(
                or_(col(User.id).in_(own), col(User.id).in_(grouped)),
                col(User.id) != beside,
                MAY_SIGN_IN,
            )
            .limit(1)
        )
        return found.first() is not None

    async def held_by(self, user_id: str) -> Sequence[Held]:
        """Every space in which the person holds a role of their own or owns a document; one that was deleted may be
        restored, and is theirs then.
        """
        documents = (
            select(func.count())
            .select_from(Document)
            .where(col(Document.space_id) == col(Space.id), col(Document.owner_id) == user_id)
            .correlate(Space)
            .scalar_subquery()
        )
        found = await self._session.execute(
            select(Space, col(SpaceMember.role), documents)
            .outerjoin(
                SpaceMember,
                (col(SpaceMember.space_id) == col(Space.id)) & (col(SpaceMember.user_id) == user_id),
            )
            .where(or_(col(SpaceMember.user_id).is_not(None), documents > 0))
            .order_by(col(Space.key))
        )
        return [Held(space, role or "", count or 0) for space, role, count in found]

    async def remove_everywhere(self, user_id: str) -> None:
        """Out of every space and every group."""
        await self._session.execute(delete(SpaceMember).where(col(SpaceMember.user_id) == user_id))
        await self._session.execute(delete(GroupMember).where(col(GroupMember.user_id) == user_id))

    async def give_documents(self, from_id: str, to_id: str) -> None:
        """All that the one owns becomes the other's."""
        await self._session.execute(update(Document).where(col(Document.owner_id) == from_id).values(owner_id=to_id))
