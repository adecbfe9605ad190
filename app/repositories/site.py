"""What there is on the whole site, in numbers. No row of anybody is read here."""

from datetime import datetime

from sqlalchemy import distinct, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.users import MAY_SIGN_IN
from models import AuthSession, User

_SQLITE = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
_POSTGRES = text("SELECT pg_database_size(current_database())")


class SiteRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def database_bytes(self) -> int:
        """SQLite: without its log, which is written into it by and by."""
        is_sqlite = self._session.get_bind().dialect.name == "sqlite"
        return int((await self._session.execute(_SQLITE if is_sqlite else _POSTGRES)).scalar_one())

    async def people_since(self, moment: datetime) -> int:
        """How many different people used the site since then; kept to the minute."""
        found = await self._session.scalars(
            select(func.count(distinct(col(AuthSession.user_id)))).where(col(AuthSession.last_seen_at) >= moment)
        )
        return found.one()

    async def accounts(self) -> int:
        """Those that can sign in."""
        found = await self._session.scalars(select(func.count(col(User.id))).where(MAY_SIGN_IN))
        return found.one()
