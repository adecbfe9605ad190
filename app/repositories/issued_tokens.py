"""Personal access tokens that are good, of everybody: for those who run the site."""

from datetime import datetime

from sqlalchemy import String, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.keyset import Keyset, Order, Part
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
                col(User.disabled_at).is_(None),
                col(User.can_sign_in),
            )
        )
        if query.who:
            named = [field.icontains(query.who, autoescape=True) for field in (col(User.name), col(User.email))]
            statement = statement.where(or_(col(User.id) == query.who, *named))
        if query.scope is not None:
            listed = cast(col(PersonalToken.scopes), String)
            statement = statement.where(listed.like(f'%"{query.scope.value}"%'))
        return await _LIST.part(self._session, statement, query)

    async def owner(self, token_id: str) -> str | None:
        """Whose it is."""
        found = await self._session.scalars(select(col(PersonalToken.user_id)).where(col(PersonalToken.id) == token_id))
        return found.one_or_none()
