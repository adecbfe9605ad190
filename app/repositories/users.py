"""Accounts."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.permissions import SiteRole
from models import User

MAY_SIGN_IN = and_(col(User.can_sign_in), col(User.disabled_at).is_(None))
"""`User.may_sign_in`, asked of the database."""


def known_as(who: str) -> ColumnElement[bool]:
    """People with this id, or these words in their name or address."""
    named = [field.icontains(who, autoescape=True) for field in (col(User.name), col(User.email))]
    return or_(col(User.id) == who, *named)


class UserRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, user: User) -> None:
        self._session.add(user)
        await self._session.flush()

    async def add_new(self, user: User) -> bool:
        """False, and nothing added, when an account with this address exists."""
        try:
            async with self._session.begin_nested():
                self._session.add(user)
        except IntegrityError:
            return False
        return True

    async def get(self, user_id: str) -> User | None:
        return await self._session.get(User, user_id)

    async def by_email(self, email: str) -> User | None:
        return (await self._session.scalars(select(User).where(col(User.email) == email))).one_or_none()

    async def owners(self) -> Sequence[User]:
        """Those who can sign in, by address."""
        found = await self._session.scalars(
            select(User).where(col(User.role) == SiteRole.owner, MAY_SIGN_IN).order_by(col(User.email))
        )
        return found.all()

    async def appoint(self, user_id: str, role: SiteRole) -> None:
        await self._session.execute(update(User).where(col(User.id) == user_id).values(role=role))

    async def reinstate(self, user_id: str, role: SiteRole) -> None:
        """With this role, and able to sign in whatever it was before."""
        await self._session.execute(
            update(User).where(col(User.id) == user_id).values(role=role, disabled_at=None, can_sign_in=True)
        )

    async def any(self) -> bool:
        """Whether somebody can sign in; people of the sample do not count."""
        found = await self._session.scalars(select(col(User.id)).where(col(User.can_sign_in)).limit(1))
        return found.first() is not None

    async def flush(self) -> None:
        await self._session.flush()

    async def rename(self, user_id: str, name: str) -> None:
        await self._session.execute(update(User).where(col(User.id) == user_id).values(name=name))

    async def put_password(self, user_id: str, new: str) -> None:
        """Whatever it was before."""
        await self._session.execute(update(User).where(col(User.id) == user_id).values(password_hash=new))

    async def move(self, user_id: str, email: str) -> bool:
        """Give the account another address; False, and nothing changed, when it is another account's."""
        try:
            async with self._session.begin_nested():
                await self._session.execute(update(User).where(col(User.id) == user_id).values(email=email))
        except IntegrityError:
            return False
        return True

    async def set_password_hash(self, user_id: str, old: str, new: str) -> bool:
        """Only if it is still `old`: a password changed meanwhile wins, and the answer is False."""
        done = await self._session.execute(
            update(User).where(col(User.id) == user_id, col(User.password_hash) == old).values(password_hash=new)
        )
        return cast("CursorResult[Any]", done).rowcount == 1
