"""Who comes in through an identity provider: whoever is linked with it, and new people where the settings let them."""

from app.adapters.oauth.talk import Claimed
from app.core import clock, context
from app.core.settings import Provider, settings
from app.core.settings.providers import EVERYBODY
from app.schemas.providers import Arrived, Trouble
from app.services import browser_sessions, groups, identities, person, second_step
from app.services.events import AccountMade
from app.services.troubles import trouble
from app.services.unit_of_work import UnitOfWork, unit_of_work
from models import User


async def enter(provider: Provider, claimed: Claimed, location: str) -> Arrived:
    """A new session, whatever the browser had before; or, with a second factor, the ticket for it."""
    async with unit_of_work() as work:
        known = await work.identities.find(claimed.issuer, claimed.subject)
        if known is None:
            user = await _newcomer(work, provider, claimed)
        else:
            identity, user = known
            await work.identities.used(identity.id, clock.now())
        if not user.may_sign_in:
            raise trouble(Trouble.closed, provider.name)
        if claimed.groups is not None:
            await groups.from_claim(work, user.id, claimed.groups)
        ticket = await second_step.ticket(work, user)
        if ticket is not None:
            return Arrived(location=location, ticket=ticket)
        origin = context.origin()
        secret = await browser_sessions.start(work, user, origin.address, origin.user_agent)
        return Arrived(location=location, secret=secret)


async def _newcomer(work: UnitOfWork, provider: Provider, claimed: Claimed) -> User:
    """An account made now. An account with the same address is not opened, and not spoken of to somebody whose address
    the provider has not confirmed.
    """
    current = settings()
    if not current.provider_accounts or not await work.users.any():
        raise trouble(Trouble.no_account, provider.name)
    email = person.email_or_none(claimed.email)
    if email is None or not claimed.email_is_confirmed:
        raise trouble(Trouble.unconfirmed, provider.name)
    domains = current.provider_domains
    if domains and EVERYBODY not in domains and email.rpartition("@")[2] not in domains:
        raise trouble(Trouble.foreign, provider.name)
    user = User(email=email, name=_name(claimed, email))
    if not await work.users.add_new(user):
        raise trouble(Trouble.link_required, provider.name)
    if not await work.identities.add(identities.linked(claimed, provider.name, user.id)):
        raise trouble(Trouble.stale, provider.name)
    work.record(AccountMade(actor_id=user.id, object_id=user.id, details={"by": "provider", "provider": provider.name}))
    return user


def _name(claimed: Claimed, email: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in claimed.name)
    return " ".join(shown.split())[:120].strip() or email.partition("@")[0]
