"""Accounts for those who look after them: who there is, closing and opening, and forgetting who somebody was."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.permissions import SiteRole
from app.repositories.keyset import Keyset, Order, Part
from app.repositories.users import MAY_SIGN_IN, known_as
from app.schemas.people import FindPeople, PersonState
from models import AuthSession, DocumentMember, PersonalToken, User
from models import Table as Ours

Person = tuple[User, datetime | None]
_LIST: Keyset[Person] = Keyset(
    {
        "name": Order((col(User.name), col(User.id)), (str, str), lambda row: (row[0].name, row[0].id)),
        "since": Order((col(User.id),), (str,), lambda row: (row[0].id,)),
    },
    default="name",
    made=lambda row: (row[0], row[1]),
)
STAYS = frozenset({"document.owner_id", "revision.author_id", "share_link.made_by", "evidence_file.added_by"})
"""What goes on pointing at somebody who was erased; every other row about them goes."""


class PeopleRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, query: FindPeople, *, all_states: bool) -> Part[Person]:
        """By name, with when they were last seen; people of the sample are never among them."""
        seen = (
            select(func.max(col(AuthSession.last_seen_at)))
            .where(col(AuthSession.user_id) == col(User.id))
            .correlate(User)
            .scalar_subquery()
        )
        statement = select(User, seen).where(or_(col(User.can_sign_in), col(User.erased_at).is_not(None)))
        if not all_states:
            statement = statement.where(col(User.disabled_at).is_(None), col(User.erased_at).is_(None))
        elif query.state is not None:
            statement = statement.where(_IS[query.state])
        if query.who:
            statement = statement.where(known_as(query.who))
        if query.role is not None:
            statement = statement.where(col(User.role) == query.role)
        return await _LIST.part(self._session, statement, query)

    async def lock(self, user_id: str) -> User | None:
        """Fresh, and held against other writers until the end of the transaction (SQLite: held already)."""
        found = await self._session.scalars(
            select(User).where(col(User.id) == user_id).with_for_update().execution_options(populate_existing=True)
        )
        return found.one_or_none()

    async def has_owner(self, *, beside: str) -> bool:
        """Whether somebody else owns the site and may sign in."""
        found = await self._session.scalars(
            select(col(User.id))
            .where(
                col(User.role) == SiteRole.owner,
                col(User.id) != beside,
                MAY_SIGN_IN,
            )
            .limit(1)
        )
        return found.first() is not None

    async def end_sessions(self, user_id: str, at: datetime) -> int:
        return await self._count(
            update(AuthSession)
            .where(col(AuthSession.user_id) == user_id, col(AuthSession.ended_at).is_(None))
            .values(ended_at=at)
        )

    async def revoke_tokens(self, user_id: str, at: datetime) -> int:
        return await self._count(
            update(PersonalToken)
            .where(col(PersonalToken.user_id) == user_id, col(PersonalToken.revoked_at).is_(None))
            .values(revoked_at=at)
        )

    async def uninvite(self, user_id: str) -> int:
        """From every document that they were invited to."""
        return await self._count(delete(DocumentMember).where(col(DocumentMember.user_id) == user_id))

    async def forget(self, user_id: str) -> None:
        """Deletes every row about the person in any table, and what hangs on those rows, but what `STAYS`."""
        for table in Ours.metadata.sorted_tables[::-1]:
            for key in table.foreign_keys:
                if key.column.table.name == "user" and f"{table.name}.{key.parent.name}" not in STAYS:
                    await self._forget(table, key.parent.name, user_id)

    async def _forget(self, table: Table, column: str, user_id: str) -> None:
        theirs = select(*table.primary_key.columns).where(table.c[column] == user_id)
        for other in Ours.metadata.sorted_tables[::-1]:
            for key in other.foreign_keys:
                if key.column.table is table and len(table.primary_key.columns) == 1:
                    await self._session.execute(other.delete().where(other.c[key.parent.name].in_(theirs)))
        await self._session.execute(table.delete().where(table.c[column] == user_id))

    async def _count(self, statement: Any) -> int:
        return cast("CursorResult[Any]", await self._session.execute(statement)).rowcount


_IS = {
    PersonState.active: col(User.disabled_at).is_(None),
    PersonState.disabled: col(User.disabled_at).is_not(None) & col(User.erased_at).is_(None),
    PersonState.erased: col(User.erased_at).is_not(None),
}
