"""Who comes in through an identity provider: whoever is linked with it, new people where the settings let them, and
people who were invited.
"""

from app.adapters.oauth.talk import Claimed
from app.core import clock, context
from app.core.errors import InvalidCredentials
from app.core.settings import Provider, settings
from app.core.settings.providers import EVERYBODY
from app.domain.permissions import SiteRole
from app.schemas.providers import Arrived, Trouble
from app.services import browser_sessions, groups, identities, invitations, links, person, second_step
from app.services.events import AccountMade
from app.services.troubles import trouble
from app.services.unit_of_work import UnitOfWork, unit_of_work
from models import Link, LinkKind, User


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
        return await _inside(work, claimed, user, location)


async def accept(provider: Provider, claimed: Claimed, invitation_id: str) -> Arrived:
    """The account that an invitation makes, for whoever came back. Its address is the invited one: whoever holds the
    link was asked in by a person, so what the provider says of an address, and the settings of domains, decide nothing.
    Each refusal leaves the invitation open.
    """
    async with unit_of_work() as work:
        if await work.identities.find(claimed.issuer, claimed.subject) is not None:
            raise trouble(Trouble.has_account, provider.name)
        link = await _spent(work, provider, invitation_id)
        user = User(email=link.email, name=_name(claimed, link.email), role=SiteRole(link.role or SiteRole.member))
        await _made(work, provider, claimed, user, by="invitation")
        try:
            await invitations.join(work, link, user)
        except InvalidCredentials:
            raise trouble(Trouble.not_given, provider.name) from None
        return await _inside(work, claimed, user, "/documents")


async def _spent(work: UnitOfWork, provider: Provider, invitation_id: str) -> Link:
    try:
        return await links.spend_opened(work, LinkKind.invitation, invitation_id)
    except InvalidCredentials:
        raise trouble(Trouble.invitation_ended, provider.name) from None


async def _inside(work: UnitOfWork, claimed: Claimed, user: User, location: str) -> Arrived:
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
    await _made(work, provider, claimed, user, by="provider")
    return user


async def _made(work: UnitOfWork, provider: Provider, claimed: Claimed, user: User, by: str) -> None:
    if not await work.users.add_new(user):
        raise trouble(Trouble.link_required, provider.name)
    if not await work.identities.add(identities.linked(claimed, provider.name, user.id)):
        raise trouble(Trouble.stale, provider.name)
    work.record(AccountMade(actor_id=user.id, object_id=user.id, details={"by": by, "provider": provider.name}))


def _name(claimed: Claimed, email: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in claimed.name)
    return " ".join(shown.split())[:120].strip() or email.partition("@")[0]
