"""Asking for a link by mail while nobody is signed in. Whether the address has an account changes neither the answer
nor the work that is done before it: looking it up is side work.
"""

from app.core import context, rates
from app.core.settings import settings
from app.services.unit_of_work import unit_of_work

_MESSAGE = "Too many links were asked for."


async def bounded(kind: str, email: str) -> None:
    """Raises RATE_LIMITED, whoever has the address."""
    await rates.require("link-address", settings().rate_link_address, context.origin().address, message=_MESSAGE)
    await rates.require("link", settings().rate_link, kind, email, message=_MESSAGE)


async def later(kind: str, email: str) -> None:
    """Have the job of this kind see to the address."""
    await bounded(kind, email)
    origin = context.origin()
    async with unit_of_work() as work:
        await work.enqueue(kind, {"email": email, "address": origin.address, "request_id": origin.request_id})
