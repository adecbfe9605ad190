"""Sessions that are alive, of everybody: for those who run the site."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.keyset import Keyset, Order, Part
from app.repositories.users import MAY_SIGN_IN, known_as
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
                MAY_SIGN_IN,
            )
        )
        if query.who:
            statement = statement.where(known_as(query.who))
        if query.client is not None:
            statement = statement.where(col(AuthSession.client) == query.client.value)
        return await _LIST.part(self._session, statement, query)
