"""Letting a locked-out owner in again: for whoever commands the server, and so asks no permission."""

from dataclasses import dataclass
from urllib.parse import quote

from app.core.errors import Conflict, Invalid
from app.core.settings import settings
from app.domain.permissions import SiteRole
from app.services import accounts, letters, links, person
from app.services.events import OwnerRecovered
from app.services.unit_of_work import UnitOfWork, unit_of_work
from models import LinkKind, User


@dataclass(frozen=True, slots=True)
class Recovered:
    """A link that works once, to be opened by whoever it is for; and what it does, as a sentence."""

    url: str
    words: str


async def recover(email: str, *, without_second_factor: bool) -> Recovered:
    """For the owner with this address, or for the only one when it is empty. When no owner can sign in, the account
    with the address becomes one, or is made. Raises `Conflict` when it is not plain who is meant.
    """
    token = await accounts.issue_setup_link()
    if token is not None:
        return Recovered(f"{settings().public_url}/setup?token={quote(token)}", "It makes the owner's account.")
    async with unit_of_work() as work:
        owners = [one.email for one in await work.users.owners()]
        chosen = _chosen(email, owners)
        user = await work.users.by_email(chosen)
        if user is None:
            return await _invite(work, chosen)
        if not owners:
            await work.users.reinstate(user.id, SiteRole.owner)
        if without_second_factor:
            await work.factors.forget_codes(user.id)
        return await _reset(work, user, without_second_factor=without_second_factor)


def _chosen(email: str, owners: list[str]) -> str:
    """Whose account it is, if that is plain."""
    asked = person.email_or_none(email) if email else None
    if email and asked is None:
        raise Invalid("This is not an e-mail address.")
    if owners and asked is not None and asked not in owners:
        raise Conflict(f"{asked} is no owner. Those who are: {', '.join(owners)}.")
    if asked is not None:
        return asked
    if len(owners) == 1:
        return owners[0]
    if owners:
        raise Conflict(f"There are several owners. Name one with --email: {', '.join(owners)}.")
    raise Conflict("No owner can sign in. Name with --email whose account is to be the owner's.")


async def _reset(work: UnitOfWork, user: User, *, without_second_factor: bool) -> Recovered:
    made = await links.make(work, LinkKind.reset, user.email, links.Terms(user_id=user.id))
    details = {"link": made.id, "second_factor_removed": without_second_factor}
    work.record(OwnerRecovered(actor_id=None, object_id=user.id, details=details))
    await letters.post(work, user.email, letters.reset_by_admin("Somebody who commands the server"))
    return Recovered(made.url, f"It sets a new password for {user.email} and ends all sessions.")


async def _invite(work: UnitOfWork, email: str) -> Recovered:
    made = await links.make(work, LinkKind.invitation, email, links.Terms(role=SiteRole.owner))
    work.record(OwnerRecovered(actor_id=None, object_id=made.id, details={"invited": True}))
    return Recovered(made.url, f"It makes an account for {email}, which is an owner's.")
