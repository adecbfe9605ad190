"""Bounds on guessing a password: counted before anything is verified, so that guesses made at once count, too.

Three counts: of one address at one account, which a right password clears; of one address at all accounts; of all
addresses at one account. The last is wide, so that nobody keeps somebody else out by guessing, and none touches a
session that lives.
"""

from app.core import rates
from app.core.settings import settings

_MESSAGE = "Too many tries. If you do not know your password any more, ask for a new one."


async def count(account: str, address: str) -> None:
    """Raises RATE_LIMITED."""
    current = settings()
    await rates.require("sign-in", current.rate_sign_in, account, address, message=_MESSAGE)
    await rates.require("sign-in-address", current.rate_sign_in_address, address, message=_MESSAGE)
    await rates.require("sign-in-account", current.rate_sign_in_account, account, message=_MESSAGE)


async def count_visit(address: str) -> None:
    """For leaving to an identity provider, where the guessing would be. Raises RATE_LIMITED."""
    await rates.require("sign-in-address", settings().rate_sign_in_address, address, message=_MESSAGE)


async def forgive(account: str, address: str) -> None:
    """After a right password."""
    await rates.clear("sign-in", settings().rate_sign_in, account, address)
