"""A person's own sessions: where they are signed in, and ending that."""

from app.core import clock
from app.core.settings import settings
from app.schemas.identity import Actor, SessionView
from app.services import authorize, devices
from app.services.events import SignedOut
from app.services.unit_of_work import reading, unit_of_work
from models import AuthSession


async def mine(actor: Actor) -> tuple[SessionView, ...]:
    """Last used first."""
    authorize.require_person(actor)
    now = clock.now()
    async with reading() as data:
        found = await data.sessions.alive_of(actor.user_id, now)
    used = (session for session in found if now - session.last_seen_at < settings().session_idle_life)
    return tuple(_view(session, actor) for session in used)


async def end(actor: Actor, session_id: str) -> None:
    """At once, wherever it is open. Raises `NotFound` for what is no live session of this person."""
    authorize.require_person(actor)
    async with unit_of_work() as work:
        if not await work.sessions.end_own(actor.user_id, session_id, clock.now()):
            raise authorize.absent("session")
        work.record(SignedOut(actor_id=actor.user_id, object_id=session_id))


async def end_others(actor: Actor) -> int:
    """All but the one that asks; how many there were."""
    authorize.require_person(actor)
    now = clock.now()
    async with unit_of_work() as work:
        others = [one for one in await work.sessions.alive_of(actor.user_id, now) if one.id != actor.session_id]
        for session in others:
            await work.sessions.end(session.id, now)
            work.record(SignedOut(actor_id=actor.user_id, object_id=session.id))
    return len(others)


def _view(session: AuthSession, actor: Actor) -> SessionView:
    return SessionView(
        id=session.id,
        created_at=session.created_at,
        last_seen_at=session.last_seen_at,
        expires_at=session.expires_at,
        user_agent=session.user_agent,
        device=devices.words(session.user_agent),
        address=session.address,
        client=session.client.value,
        is_current=session.id == actor.session_id,
    )
