"""Sessions of programs: an access token for a few minutes and a refresh token that is good once.

Each refresh gives exactly one successor, derived from the token and the signing secret, so that whoever asks again
within the grace (a lost answer, two at once) gets the same one. A used token shown later ends the whole session.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from app.core import access_tokens, clock, ids
from app.core.errors import AppError
from app.core.settings import secret, settings
from app.schemas.identity import Actor, TokenPair
from app.services import browser_sessions
from app.services.events import RefreshReused, SignedIn
from app.services.unit_of_work import UnitOfWork, unit_of_work
from models import AuthSession, Client, RefreshToken, User

_CHARACTERS = 43
_PURPOSE = b"plumbline refresh token 1:"


@dataclass(frozen=True, slots=True)
class _Refused:
    """What to raise once what was found out is stored."""

    error: AppError


async def start(work: UnitOfWork, user: User, address: str, user_agent: str) -> TokenPair:
    """A new session without a cookie, and its first pair of tokens."""
    session = browser_sessions.new(user, ids.new_secret(), address, user_agent, Client.api)
    await work.sessions.add(session)
    work.record(SignedIn(actor_id=user.id, object_id=session.id))
    first = ids.new_secret()
    await work.tokens.add(RefreshToken(digest=ids.digest(first), session_id=session.id, created_at=clock.now()))
    return _pair(session, first)


async def refresh(token: str) -> TokenPair:
    """The next pair. Raises INVALID_TOKEN for what is no token, SESSION_REVOKED when its session has ended, and
    REFRESH_REUSED, ending the session, when it was used before and the grace is over.
    """
    if len(token) != _CHARACTERS or not token.isascii():
        raise _unknown()
    async with unit_of_work() as work:
        outcome = await _exchange(work, token)
    if isinstance(outcome, _Refused):
        raise outcome.error
    return outcome


async def _exchange(work: UnitOfWork, token: str) -> TokenPair | _Refused:
    now, digest, successor = clock.now(), ids.digest(token), _successor(token)
    is_first = await work.tokens.spend(digest, ids.digest(successor), now)
    found = await work.tokens.link(digest)
    if found is None:
        return _Refused(_unknown())
    link, session, user = found
    if not browser_sessions.is_alive(session, user):
        return _Refused(revoked())
    if is_first:
        await work.tokens.add(RefreshToken(digest=ids.digest(successor), session_id=session.id, created_at=now))
        await work.sessions.touch(session.id, now)
        return _pair(session, successor)
    if (
        link.used_at
        and now - link.used_at < settings().refresh_grace
        and link.successor_digest == ids.digest(successor)
    ):
        return _pair(session, successor)
    if await work.sessions.end(session.id, now):
        work.record(RefreshReused(actor_id=user.id, object_id=session.id, result="refused"))
    return _Refused(
        AppError(
            "This refresh token was used before. Somebody else may have it, so the session has ended: sign in again.",
            code="REFRESH_REUSED",
        )
    )


async def by_access_token(token: str) -> Actor:
    """Who an access token belongs to now. Raises INVALID_TOKEN or SESSION_REVOKED."""
    claims = access_tokens.read(token)
    found = await browser_sessions.by_id(claims.session_id)
    if found is None or found.user_id != claims.user_id:
        raise revoked()
    return found


def revoked() -> AppError:
    return AppError("The session of this token has ended: sign in again.", code="SESSION_REVOKED")


def _pair(session: AuthSession, refresh_token: str) -> TokenPair:
    return TokenPair(
        access_token=access_tokens.issue(session.user_id, session.id),
        refresh_token=refresh_token,
        expires_in=int(settings().access_token_life.total_seconds()),
    )


def _successor(token: str) -> str:
    """Without the signing secret nobody can tell the next token from this one."""
    made = hmac.digest(secret(settings()), _PURPOSE + token.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _unknown() -> AppError:
    return AppError("This refresh token is not known: sign in again.", code="INVALID_TOKEN")
