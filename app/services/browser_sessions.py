"""Sessions: started at sign-in, checked at every request and every event, ended on the server."""

from datetime import timedelta

import structlog

from app.core import clock, ids
from app.core.errors import StorageUnavailable
from app.core.settings import settings
from app.schemas.identity import Actor
from app.services import views
from app.services.events import SignedIn, SignedOut
from app.services.unit_of_work import UnitOfWork, reading, unit_of_work
from models import AuthSession, Client, User

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
    async with reading() as data:
        found = await data.sessions.by_token(ids.digest(token))
    return await _alive(found)


async def by_id(session_id: str) -> Actor | None:
    if len(session_id) != 32 or not session_id.isalnum():
        return None
    async with reading() as data:
        found = await data.sessions.by_id(session_id)
    return await _alive(found)


async def _alive(found: tuple[AuthSession, User] | None) -> Actor | None:
    """Holds no connection of its own while it may need one to write."""
    if found is None:
        return None
    session, user = found
    if not is_alive(session, user):
        return None
    if clock.now() - session.last_seen_at >= SEEN_EVERY:
        await _touch(session)
    return views.actor(session.id, user, session.authenticated_at)


def is_alive(session: AuthSession, user: User) -> bool:
    """Neither ended, nor idle or old beyond the settings, and its person may sign in."""
    now = clock.now()
    over = session.ended_at or now >= session.expires_at
    idle = now - session.last_seen_at >= settings().session_idle_life
    return not over and not idle and user.disabled_at is None and user.can_sign_in


async def _touch(session: AuthSession) -> None:
    """A note in passing: when nothing can be written, people still read."""
    try:
        async with unit_of_work() as work:
            await work.sessions.touch(session.id, clock.now())
    except StorageUnavailable as error:
        _log.warning("session.not_touched", reason=error.message)
