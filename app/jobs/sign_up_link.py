"""Write to an address that somebody wants to sign up with. The payload has `email`, and the `address` and
`request_id` of whoever asked.
"""

from app.core import context
from app.services import registrations
from app.services.outbox import Job

KIND = registrations.KIND


async def deliver(job: Job) -> None:
    with context.coming_from(context.Origin(job.payload["request_id"], job.payload["address"])):
        await registrations.write(job.payload["email"])
