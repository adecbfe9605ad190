"""Personal access tokens that are good, of everybody: for those who run the site."""

from datetime import datetime

from sqlalchemy import String, cast, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.keyset import Keyset, Order, Part
from app.repositories.users import MAY_SIGN_IN, known_as
from app.schemas.tokens import FindTokens
from models import PersonalToken, User

Issued = tuple[PersonalToken, User]
_ID = col(PersonalToken.id)
_LIST: Keyset[Issued] = Keyset(
    {
        "made": Order((_ID,), (str,), lambda row: (row[0].id,)),
        "expires": Order(
            (col(PersonalToken.expires_at), _ID), (datetime, str), lambda row: (row[0].expires_at, row[0].id)
        ),
    },
    default="-made",
    made=lambda row: (row[0], row[1]),
)


class IssuedTokenRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, query: FindTokens, now: datetime) -> Part[Issued]:
        """The last made first: not revoked, not expired, of people who may sign in."""
        statement = (
            select(PersonalToken, User)
            .join(User, col(User.id) == col(PersonalToken.user_id))
            .where(
                col(PersonalToken.revoked_at).is_(None),
                col(PersonalToken.expires_at) > now,
                MAY_SIGN_IN,
            )
        )
        if query.who:
            statement = statement.where(known_as(query.who))
        if query.scope is not None:
            listed = cast(col(PersonalToken.scopes), String)
            statement = statement.where(listed.like(f'%"{query.scope.value}"%'))
        return await _LIST.part(self._session, statement, query)

    async def owner(self, token_id: str) -> str | None:
        """Whose it is."""
        found = await self._session.scalars(select(col(PersonalToken.user_id)).where(col(PersonalToken.id) == token_id))
        return found.one_or_none()
