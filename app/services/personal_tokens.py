"""Personal access tokens: made and revoked by their person, shown once, for programs that cannot sign in."""

from datetime import datetime, timedelta

import structlog
from pydantic import TypeAdapter

from app.core import answers, clock, ids
from app.core.errors import Invalid, StorageUnavailable
from app.domain.permissions import Scope
from app.schemas.base import View
from app.schemas.identity import Actor, MakePersonalToken, NewPersonalToken, PersonalTokenView
from app.services import authorize, once, views
from app.services.events import TokenMade, TokenRevoked
from app.services.unit_of_work import reading, unit_of_work
from models import PersonalToken


class _Known(View):
    """Whose token that is good, what it may be used for, and until when."""

    actor: Actor
    scopes: frozenset[Scope]
    expires_at: datetime


_BY_SECRET = answers.Question("personal-token", ("personal_token", "user"), TypeAdapter(_Known))
PREFIX = "plb_"
MOST = 50
_NOTED_EVERY = timedelta(minutes=1)
_LENGTH = len(PREFIX) + 43
_log = structlog.get_logger(__name__)


async def make(actor: Actor, command: MakePersonalToken, key: str = "") -> NewPersonalToken:
    """Raises `Invalid` for a name that cannot be shown, and when the person has too many tokens."""
    authorize.require_person(actor)
    name = " ".join(command.name.split())
    if not name or not name.isprintable():
        raise Invalid("Name the token, so that you know it again.", details={"field": "name"})
    made, now = PREFIX + ids.new_secret(), clock.now()
    token = PersonalToken(
        user_id=actor.user_id,
        name=name,
        digest=ids.digest(made),
        scopes=sorted(command.scopes),
        created_at=now,
        expires_at=now + timedelta(days=command.days),
    )
    async with unit_of_work() as work:
        attempt = await once.begin(work, actor, key, command)
        if attempt.answered is not None:
            return NewPersonalToken.model_validate(attempt.answered)
        if len(await work.tokens.personal_of(actor.user_id, now)) >= MOST:
            raise Invalid(f"You have {MOST} tokens: revoke one that is no longer needed.")
        await work.tokens.add(token)
        work.record(TokenMade(actor_id=actor.user_id, object_id=token.id, details={"scopes": token.scopes}))
        return await attempt.end(NewPersonalToken(token=_view(token), secret=made), secret=True)


async def mine(actor: Actor) -> tuple[PersonalTokenView, ...]:
    authorize.require_person(actor)
    async with reading() as data:
        found = await data.tokens.personal_of(actor.user_id, clock.now())
    return tuple(_view(token) for token in found)


async def revoke(actor: Actor, token_id: str) -> None:
    """Raises `NotFound` for what is no good token of this person."""
    authorize.require_person(actor)
    async with unit_of_work() as work:
        if not await work.tokens.revoke(actor.user_id, token_id, clock.now()):
            raise authorize.absent("token")
        work.record(TokenRevoked(actor_id=actor.user_id, object_id=token_id))


async def identify(secret: str) -> Actor | None:
    """Whose token this is, with its scopes; None when it is none of ours, expired or revoked."""
    if len(secret) != _LENGTH or not secret.isascii():
        return None
    digest = ids.digest(secret)
    known = await answers.ask(_BY_SECRET, digest, lambda: _found(digest))
    if known is None or clock.now() >= known.expires_at:
        return None
    return known.actor.model_copy(update={"scopes": known.scopes})


async def _found(digest: str) -> _Known | None:
    async with reading() as data:
        found = await data.tokens.personal(digest)
    if found is None:
        return None
    token, user = found
    now = clock.now()
    if token.revoked_at or now >= token.expires_at or not user.may_sign_in:
        return None
    if token.last_used_at is None or now - token.last_used_at >= _NOTED_EVERY:
        await _note_use(token)
    known = {scope.value for scope in Scope}
    scopes = frozenset(Scope(scope) for scope in token.scopes if scope in known)
    return _Known(actor=views.actor("", user), scopes=scopes, expires_at=token.expires_at)


async def _note_use(token: PersonalToken) -> None:
    """A note in passing: when nothing can be written, programs still read."""
    try:
        async with unit_of_work() as work:
            await work.tokens.note_use(token.id, clock.now())
    except StorageUnavailable as error:
        _log.warning("token.use_not_noted", reason=error.message)


def _view(token: PersonalToken) -> PersonalTokenView:
    return PersonalTokenView.model_validate(token, from_attributes=True)
