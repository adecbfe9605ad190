"""Visits to identity providers: leaving for one, and what comes of coming back.

A visit is good once, for ten minutes, in the browser that began it. What concerns an account that exists goes on only
in the session that began it.
"""

from datetime import timedelta

import structlog

from app.adapters import oauth
from app.adapters.oauth.talk import Away, Back, Claimed, Untrue
from app.core import clock, context, ids
from app.core.errors import AppError
from app.core.settings import Provider, settings
from app.schemas.identity import Actor
from app.schemas.joining import UseLink
from app.schemas.providers import Arrived, ComeBack, Left, Trouble
from app.services import authorize, confirmation, guessing, identities, links, newcomers
from app.services.events import SignInRefused
from app.services.troubles import trouble
from app.services.unit_of_work import reading, unit_of_work
from models import Errand, LinkKind, ProviderVisit

LIFE = timedelta(minutes=10)
_LONGEST_LOCATION = 1000
_OF_AN_ACCOUNT = frozenset({Errand.link, Errand.confirm})
_log = structlog.get_logger(__name__)


async def leave_to_sign_in(name: str, location: str) -> Left:
    return await _leave(name, Errand.sign_in, location, None)


async def leave_to_link(actor: Actor, name: str, location: str) -> Left:
    """Raises REAUTHENTICATION_REQUIRED."""
    authorize.require_fresh(actor)
    return await _leave(name, Errand.link, location, actor)


async def leave_to_confirm(actor: Actor, name: str, location: str) -> Left:
    """To prove again at the provider who one is."""
    authorize.require_person(actor)
    return await _leave(name, Errand.confirm, location, actor)


async def leave_to_accept(name: str, command: UseLink) -> Left:
    """With an invitation, which stays open. Raises INVALID_CREDENTIALS when it is no good."""
    async with reading() as data:
        link = await links.opened(data, LinkKind.invitation, command.token.get_secret_value())
    return await _leave(name, Errand.invitation, "/documents", None, link.id)


async def come_back(command: ComeBack, actor: Actor | None) -> Arrived:
    """Signs in, links, confirms or accepts, whatever the visit was for; every refusal is audited, and its details say
    what the errand was.
    """
    provider = _provider(command.provider)
    visit = await _ended(command)
    try:
        if visit is None or clock.now() >= visit.expires_at:
            raise trouble(Trouble.stale, provider.name)
        if visit.errand in _OF_AN_ACCOUNT and (actor is None or actor.session_id != visit.session_id):
            raise trouble(Trouble.stale, provider.name)
        claimed = await _claimed(provider, visit, command)
        return await _arrived(provider, visit, claimed, actor)
    except AppError as error:
        await _refused(error, provider, actor)
        if visit is not None:
            error.details["errand"] = visit.errand.value
        raise


async def _leave(name: str, errand: Errand, location: str, actor: Actor | None, link_id: str | None = None) -> Left:
    provider = _provider(name)
    await guessing.count_visit(context.origin().address)
    again = errand is Errand.confirm
    try:
        departure = await oauth.speaking(provider).depart(provider, _callback(provider), again=again)
    except (Away, Untrue) as error:
        _log.warning("provider", provider=name, reason=str(error))
        raise trouble(Trouble.away, name) from None
    browser, now = ids.new_secret(), clock.now()
    async with unit_of_work() as work:
        await work.identities.forget_visits(now)
        await work.identities.begin(
            ProviderVisit(
                state_digest=ids.digest(departure.state),
                browser_digest=ids.digest(browser),
                provider=name,
                errand=errand,
                nonce=departure.nonce,
                code_verifier=departure.code_verifier,
                location=location if len(location) <= _LONGEST_LOCATION else "/",
                session_id=actor.session_id if actor else None,
                link_id=link_id,
                expires_at=now + LIFE,
            )
        )
    return Left(url=departure.url, browser=browser)


async def _ended(command: ComeBack) -> ProviderVisit | None:
    """Whatever comes of it, it does not come twice."""
    state, browser = command.state.get_secret_value(), command.browser.get_secret_value()
    if not state or not browser:
        return None
    async with unit_of_work() as work:
        return await work.identities.end(ids.digest(state), ids.digest(browser), command.provider)


async def _claimed(provider: Provider, visit: ProviderVisit, command: ComeBack) -> Claimed:
    code = command.code.get_secret_value()
    if command.error or not code:
        raise trouble(Trouble.cancelled, provider.name)
    back = Back(code, command.issuer, visit.nonce, visit.code_verifier, _callback(provider))
    try:
        claimed: Claimed = await oauth.speaking(provider).arrive(provider, back)
    except Away as error:
        _log.warning("provider", provider=provider.name, reason=str(error))
        raise trouble(Trouble.away, provider.name) from None
    except Untrue as error:
        _log.warning("provider_not_believed", provider=provider.name, reason=str(error))
        raise trouble(Trouble.refused, provider.name) from None
    return claimed


async def _arrived(provider: Provider, visit: ProviderVisit, claimed: Claimed, actor: Actor | None) -> Arrived:
    if visit.errand is Errand.sign_in:
        return await newcomers.enter(provider, claimed, visit.location)
    if visit.errand is Errand.invitation:
        return await newcomers.accept(provider, claimed, visit.link_id or "")
    assert actor is not None
    if visit.errand is Errand.link:
        await _linked(provider, claimed, actor)
    else:
        await _confirmed(provider, claimed, actor)
    return Arrived(location=visit.location)


async def _linked(provider: Provider, claimed: Claimed, actor: Actor) -> None:
    try:
        await identities.link(actor, provider.name, claimed)
    except AppError as error:
        if error.code == "REAUTHENTICATION_REQUIRED":
            raise trouble(Trouble.too_late, provider.name) from None
        raise


async def _confirmed(provider: Provider, claimed: Claimed, actor: Actor) -> None:
    """A provider that says when it was proved has to have asked now."""
    age = clock.now().timestamp() - claimed.authenticated_at if claimed.authenticated_at is not None else 0
    if age > LIFE.total_seconds():
        raise trouble(Trouble.refused, provider.name)
    async with unit_of_work() as work:
        known = await work.identities.find(claimed.issuer, claimed.subject)
        if known is not None and known[1].id == actor.user_id:
            await work.identities.used(known[0].id, clock.now())
    if known is None or known[1].id != actor.user_id:
        raise trouble(Trouble.somebody_else, provider.name)
    await confirmation.record(actor)


async def _refused(error: AppError, provider: Provider, actor: Actor | None) -> None:
    facts = {"provider": provider.name, "trouble": str(error.details.get("trouble", error.code))}
    async with unit_of_work() as work:
        who = actor.user_id if actor else None
        work.record(SignInRefused(actor_id=who, object_id=who or "unknown", result="refused", details=facts))


def _provider(name: str) -> Provider:
    found = settings().provider(name)
    if found is None:
        raise authorize.absent("identity provider")
    return found


def _callback(provider: Provider) -> str:
    """From the public URL, never from what a request says of itself."""
    return f"{settings().public_url}/auth/providers/{provider.name}/callback"
