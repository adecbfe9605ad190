"""Sessions: started at sign-in, checked at every request and every event, ended on the server."""

from datetime import datetime, timedelta

import structlog
from pydantic import TypeAdapter

from app.core import answers, clock, ids
from app.core.errors import StorageUnavailable
from app.core.settings import settings
from app.schemas.base import View
from app.schemas.identity import Actor
from app.services import views
from app.services.events import SignedIn, SignedOut
from app.services.unit_of_work import UnitOfWork, reading, unit_of_work
from models import AuthSession, Client, User


class _Known(View):
    """Who a session that lives belongs to, and what time may change about that."""

    actor: Actor
    authenticated_at: datetime
    seen_at: datetime
    expires_at: datetime


_MADE_FROM = ("auth_session", "user")
_BY_TOKEN = answers.Question("session-by-token", _MADE_FROM, TypeAdapter(_Known))
_BY_ID = answers.Question("session-by-id", _MADE_FROM, TypeAdapter(_Known))
SEEN_EVERY = timedelta(minutes=1)
_SECRET_CHARACTERS = 43
_log = structlog.get_logger(__name__)


async def start(work: UnitOfWork, user: User, address: str, user_agent: str) -> str:
    """A new session with a new secret, whatever the browser had before; the secret is returned and not stored."""
    secret = ids.new_secret()
    session = new(user, secret, address, user_agent, Client.browser)
    await work.sessions.add(session)
    work.record(SignedIn(actor_id=user.id, object_id=session.id))
    return secret


def new(user: User, secret: str, address: str, user_agent: str, client: Client) -> AuthSession:
    """The row of a session that begins now."""
    now = clock.now()
    return AuthSession(
        token_digest=ids.digest(secret),
        user_id=user.id,
        created_at=now,
        last_seen_at=now,
        authenticated_at=now,
        expires_at=now + settings().session_absolute_life,
        client=client,
        user_agent=user_agent[:300],
        address=address[:64],
    )


async def end(actor: Actor) -> None:
    async with unit_of_work() as work:
        if await work.sessions.end(actor.session_id, clock.now()):
            work.record(SignedOut(actor_id=actor.user_id, object_id=actor.session_id))


async def by_token(token: str) -> Actor | None:
    """Anything that is no secret of ours costs no query."""
    if len(token) != _SECRET_CHARACTERS or not token.isascii():
        return None
    digest = ids.digest(token)
    known = await answers.ask(_BY_TOKEN, digest, lambda: _found_by_token(digest))
    return _actor(known)


async def by_id(session_id: str) -> Actor | None:
    if len(session_id) != 32 or not session_id.isalnum():
        return None
    known = await answers.ask(_BY_ID, session_id, lambda: _found_by_id(session_id))
    return _actor(known)


async def _found_by_token(digest: str) -> _Known | None:
    async with reading() as data:
        found = await data.sessions.by_token(digest)
    return await _known(found)


async def _found_by_id(session_id: str) -> _Known | None:
    async with reading() as data:
        found = await data.sessions.by_id(session_id)
    return await _known(found)


async def _known(found: tuple[AuthSession, User] | None) -> _Known | None:
    """Holds no connection of its own while it may need one to write."""
    if found is None or not is_alive(*found):
        return None
    session, user = found
    seen_at, now = session.last_seen_at, clock.now()
    if now - seen_at >= SEEN_EVERY:
        await _touch(session)
        seen_at = now
    return _Known(
        actor=views.actor(session.id, user),
        authenticated_at=session.authenticated_at,
        seen_at=seen_at,
        expires_at=session.expires_at,
    )


def _actor(known: _Known | None) -> Actor | None:
    if known is None or not _is_current(known.seen_at, known.expires_at):
        return None
    return known.actor.model_copy(update={"authenticated_at": known.authenticated_at})


def is_alive(session: AuthSession, user: User) -> bool:
    """Neither ended, nor idle or old beyond the settings, and its person may sign in."""
    return not session.ended_at and user.may_sign_in and _is_current(session.last_seen_at, session.expires_at)


def _is_current(seen_at: datetime, expires_at: datetime) -> bool:
    now = clock.now()
    return now < expires_at and now - seen_at < settings().session_idle_life


async def _touch(session: AuthSession) -> None:
    """A note in passing: when nothing can be written, people still read."""
    try:
        async with unit_of_work() as work:
            await work.sessions.touch(session.id, clock.now())
    except StorageUnavailable as error:
        _log.warning("session.not_touched", reason=error.message)
