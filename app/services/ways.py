"""Which ways a person has into their account, so that the last one stays."""

from app.core.errors import Conflict
from app.core.settings import settings
from app.domain.ways_in import WaysIn
from app.services.unit_of_work import Reading
from models import LinkedIdentity


async def of(data: Reading, user_id: str) -> WaysIn:
    user = await data.users.get(user_id)
    identities = [one for one in await data.identities.of(user_id) if is_usable(one)]
    passkeys = await data.factors.passkeys(user_id)
    return WaysIn(bool(user and user.password_hash), len(passkeys), len(identities))


def is_usable(identity: LinkedIdentity) -> bool:
    """Its provider is configured."""
    return settings().provider(identity.provider) is not None


def last_one() -> Conflict:
    return Conflict("This is the last way into your account. Set a password or connect a provider first.")
