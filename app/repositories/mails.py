"""Side work that is a mail, as a list for those who run the site."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.jobs import state_is
from app.repositories.keyset import Keyset, Order, Part
from app.schemas.mails import FindMails
from models import OutboxRow

KIND = "send_mail"
_LIST: Keyset[OutboxRow] = Keyset(
    {"written": Order((col(OutboxRow.id),), (str,), lambda row: (row.id,))},
    default="-written",
    made=lambda row: row[0],
)


class MailRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, query: FindMails, now: datetime) -> Part[OutboxRow]:
        """Newest first."""
        statement = select(OutboxRow).where(col(OutboxRow.kind) == KIND)
        if query.state is not None:
            statement = statement.where(state_is(query.state, now))
        if query.to:
            receiver = col(OutboxRow.payload)["to"].as_string()
            statement = statement.where(receiver.icontains(query.to, autoescape=True))
        return await _LIST.part(self._session, statement, query)

    async def get(self, mail_id: str) -> OutboxRow | None:
        row = await self._session.get(OutboxRow, mail_id)
        return row if row is not None and row.kind == KIND else None
