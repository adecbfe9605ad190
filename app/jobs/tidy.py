"""Remove what nobody needs any more. There is no payload."""

from app.services import tidying
from app.services.outbox import Job

KIND = tidying.KIND


async def deliver(_job: Job) -> None:
    await tidying.tidy()
