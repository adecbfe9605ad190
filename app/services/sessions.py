"""Everybody's open sessions, for those who run the site. A person's own are `own_sessions`."""

from app.core import clock
from app.core.settings import settings
from app.domain.permissions import Permission
from app.schemas.identity import Actor
from app.schemas.listing import Listed
from app.schemas.sessions import FindSessions, OpenSessionView, SessionKind
from app.services import authorize
from app.services.events import SessionClosed
from app.services.unit_of_work import reading, unit_of_work
from models import AuthSession, User


async def find(actor: Actor, query: FindSessions) -> Listed[OpenSessionView]:
    """Last used first."""
    now = clock.now()
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.session_read)
        part = await data.open_sessions.find(query, now, now - settings().session_idle_life)
    items = tuple(_view(session, user, actor) for session, user in part.rows)
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def close(actor: Actor, session_id: str) -> None:
    """At once, wherever it is open. Raises `NotFound` for what is no open session."""
    async with unit_of_work() as work:
        await authorize.require_on_site(work, actor, Permission.session_end)
        found = await work.sessions.by_id(session_id)
        if found is None or not await work.sessions.end(session_id, clock.now()):
            raise authorize.absent("session")
        details = {"user_id": found[1].id}
        work.record(SessionClosed(actor_id=actor.user_id, object_id=session_id, details=details))


def _view(session: AuthSession, user: User, actor: Actor) -> OpenSessionView:
    return OpenSessionView(
        id=session.id,
        user_id=user.id,
        name=user.name,
        email=user.email,
        client=SessionKind(session.client.value),
        user_agent=session.user_agent,
        address=session.address,
        created_at=session.created_at,
        last_seen_at=session.last_seen_at,
        expires_at=session.expires_at,
        is_current=session.id == actor.session_id,
    )
