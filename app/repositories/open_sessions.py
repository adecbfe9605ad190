"""Sessions that are alive, of everybody: for those who run the site."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.keyset import Keyset, Order, Part
from app.schemas.sessions import FindSessions
from models import AuthSession, User

Open = tuple[AuthSession, User]
_LIST: Keyset[Open] = Keyset(
    {
        "seen": Order(
            (col(AuthSession.last_seen_at), col(AuthSession.id)),
            (datetime, str),
            lambda row: (row[0].last_seen_at, row[0].id),
        ),
        "since": Order((col(AuthSession.id),), (str,), lambda row: (row[0].id,)),
    },
    default="-seen",
    made=lambda row: (row[0], row[1]),
)


class OpenSessionRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, query: FindSessions, now: datetime, seen_after: datetime) -> Part[Open]:
        """Last used first: not ended, not outlived, used since `seen_after`, of people who may sign in."""
        statement = (
            select(AuthSession, User)
            .join(User, col(User.id) == col(AuthSession.user_id))
            .where(
                col(AuthSession.ended_at).is_(None),
                col(AuthSession.last_seen_at) > seen_after,
                col(AuthSession.expires_at) > now,
                col(User.disabled_at).is_(None),
                col(User.can_sign_in),
            )
        )
        if query.who:
            named = [field.icontains(query.who, autoescape=True) for field in (col(User.name), col(User.email))]
            statement = statement.where(or_(col(User.id) == query.who, *named))
        if query.client is not None:
            statement = statement.where(col(AuthSession.client) == query.client.value)
        return await _LIST.part(self._session, statement, query)
