"""For what outlives the event that began it, a background task say: asking again whether its session is good."""

from app.core.errors import Unauthenticated
from app.gateway.context import actor, caller
from app.schemas.identity import Actor
from app.services import accounts


async def recheck() -> Actor:
    """The person as they are now; call it before each further thing that is done or shown in their name. Raises
    `Unauthenticated` when the session has ended, which makes the page load anew (`on_failure`).
    """
    found = await accounts.identify_session(actor().session_id)
    caller().actor = found
    if found is None:
        raise Unauthenticated("Your session has ended: sign in again.")
    return found
