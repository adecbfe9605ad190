"""Write to an address that a new password was asked for, if it is somebody's. The payload has `email`, and the
`address` and `request_id` of whoever asked.
"""

from app.core import context
from app.services import resets
from app.services.outbox import Job

KIND = resets.KIND


async def deliver(job: Job) -> None:
    with context.coming_from(context.Origin(job.payload["request_id"], job.payload["address"])):
        await resets.write(job.payload["email"])
