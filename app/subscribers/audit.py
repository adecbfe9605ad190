"""The audit row of every event, in the transaction of the change: there is no change without its row."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.context import origin
from app.services.events import Event
from models import AuditEvent


async def in_transaction(session: AsyncSession, event: Event) -> None:
    source = origin()
    session.add(
        AuditEvent(
            actor_id=event.actor_id,
            action=event.action,
            object_type=event.object_type,
            object_id=event.object_id,
            result=event.result,
            address=source.address[:64],
            request_id=source.request_id[:64],
            details=dict(event.details),
        )
    )
