"""A person's identities at providers: which there are, linking another, unlinking one.

An identity is issuer and subject. An e-mail address, whoever says it, opens no account that exists.
"""

from app.adapters.oauth.talk import Claimed
from app.core import clock
from app.core.settings import settings
from app.domain.ways_in import WaysIn
from app.schemas.identity import Actor
from app.schemas.providers import IdentitiesView, IdentityView, ProviderView, Trouble
from app.services import authorize, ways
from app.services.events import IdentityLinked, IdentityUnlinked
from app.services.troubles import trouble
from app.services.unit_of_work import reading, unit_of_work
from models import LinkedIdentity


def offered() -> tuple[ProviderView, ...]:
    """The configured providers, in the order of their buttons."""
    return tuple(ProviderView(name=one.name, label=one.label) for one in settings().providers)


async def mine(actor: Actor) -> IdentitiesView:
    authorize.require_person(actor)
    async with reading() as data:
        found = await data.identities.of(actor.user_id)
        left = await ways.of(data, actor.user_id)
    return IdentitiesView(
        identities=tuple(_view(one, left) for one in found), providers=offered(), has_password=left.has_password
    )


async def link(actor: Actor, provider: str, claimed: Claimed) -> None:
    """Ends the person's other sessions: whoever linked something to a stolen session is out with it. Raises
    REAUTHENTICATION_REQUIRED, and CONFLICT for an identity of somebody else.
    """
    authorize.require_fresh(actor)
    now = clock.now()
    async with unit_of_work() as work:
        known = await work.identities.find(claimed.issuer, claimed.subject)
        if known is not None and known[1].id == actor.user_id:
            return
        identity = linked(claimed, provider, actor.user_id)
        if known is not None or not await work.identities.add(identity):
            raise trouble(Trouble.taken, provider)
        ended = await work.sessions.end_others(actor.user_id, actor.session_id, now)
        facts = {"provider": provider, "ended": ended}
        work.record(IdentityLinked(actor_id=actor.user_id, object_id=identity.id, details=facts))


async def unlink(actor: Actor, identity_id: str) -> None:
    """Raises REAUTHENTICATION_REQUIRED, `NotFound` for what is no identity of this person, `Conflict` for the last way
    into the account.
    """
    authorize.require_fresh(actor)
    async with unit_of_work() as work:
        found = next((one for one in await work.identities.of(actor.user_id) if one.id == identity_id), None)
        if found is None:
            raise authorize.absent("identity")
        left = await ways.of(work, actor.user_id)
        if not left.allows_removal(is_usable=ways.is_usable(found)):
            raise ways.last_one()
        await work.identities.remove(actor.user_id, identity_id)
        facts = {"provider": found.provider}
        work.record(IdentityUnlinked(actor_id=actor.user_id, object_id=identity_id, details=facts))


def linked(claimed: Claimed, provider: str, user_id: str) -> LinkedIdentity:
    now = clock.now()
    return LinkedIdentity(
        user_id=user_id,
        issuer=claimed.issuer,
        subject=claimed.subject,
        provider=provider,
        email=claimed.email,
        created_at=now,
        last_used_at=now,
    )


def _view(identity: LinkedIdentity, left: WaysIn) -> IdentityView:
    provider = settings().provider(identity.provider)
    return IdentityView(
        id=identity.id,
        provider=identity.provider,
        label=provider.label if provider else identity.provider,
        email=identity.email,
        created_at=identity.created_at,
        last_used_at=identity.last_used_at,
        may_unlink=left.allows_removal(is_usable=provider is not None),
    )
