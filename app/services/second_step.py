"""The second step of signing in: a ticket for a right password, and a session for the ticket with a code."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from app.core import clock, context, ids
from app.core.errors import AppError, InvalidCredentials
from app.schemas.factors import SecondStep
from app.schemas.identity import TokenPair
from app.services import api_sessions, browser_sessions, second_factors
from app.services.events import SignInRefused
from app.services.unit_of_work import UnitOfWork, unit_of_work
from models import Proof, Step, User

Begun = TypeVar("Begun")
LIFE = timedelta(minutes=5)
MOST_TRIES = 5
_KEPT = timedelta(days=1)


async def ticket(work: UnitOfWork, user: User) -> str | None:
    """For somebody whose password was right; None when the password is enough."""
    if not await work.factors.confirmed(user.id):
        return None
    made, now = ids.new_secret(), clock.now()
    await work.factors.forget_proofs(now - _KEPT)
    await work.factors.add(
        Proof(
            digest=ids.digest(made),
            step=Step.second_factor,
            user_id=user.id,
            challenge=_bound_to(user),
            expires_at=now + LIFE,
        )
    )
    return made


def needed(made: str) -> AppError:
    """What a right password is answered with; `details.ticket` goes with the code."""
    details = {"ticket": made, "expires_in": int(LIFE.total_seconds())}
    return AppError("Type the code of your authenticator app.", code="SECOND_FACTOR_REQUIRED", details=details)


async def finish(command: SecondStep, address: str, user_agent: str) -> str:
    """The secret of a new browser session. Raises INVALID_CREDENTIALS for a wrong code and INVALID_TOKEN for a ticket
    that is over: sign in again then.
    """
    return await _finish(command, address, user_agent, browser_sessions.start)


async def finish_for_tokens(command: SecondStep, address: str, user_agent: str) -> TokenPair:
    """The same for a program."""
    return await _finish(command, address, user_agent, api_sessions.start)


async def _finish(
    command: SecondStep,
    address: str,
    user_agent: str,
    begin: Callable[[UnitOfWork, User, str, str], Awaitable[Begun]],
) -> Begun:
    digest = ids.digest(command.ticket.get_secret_value())
    user = await _holder(digest)
    await second_factors.count_guess(user.id)
    with context.coming_from(context.Origin(context.origin().request_id, address, user_agent)):
        async with unit_of_work() as work:
            if await second_factors.is_good(work, user.id, command.code.get_secret_value()):
                if not await work.factors.spend(digest, clock.now()):
                    raise _over()
                return await begin(work, user, address, user_agent)
            work.record(SignInRefused(actor_id=None, object_id=user.id, result="refused"))
    raise InvalidCredentials("This code is not right, or it was used before.", details={"field": "code"})


async def _holder(digest: str) -> User:
    """Whose ticket this is. The try counts, whatever comes of it."""
    async with unit_of_work() as work:
        proof = await work.factors.count_try(digest, clock.now(), MOST_TRIES)
        user = await work.users.get(proof.user_id) if proof and proof.user_id else None
    if proof is None or proof.step is not Step.second_factor or user is None or proof.challenge != _bound_to(user):
        raise _over()
    if not user.may_sign_in:
        raise _over()
    return user


def _bound_to(user: User) -> str:
    """A new password makes the tickets of the old one worthless."""
    return ids.digest(user.password_hash or "")


def _over() -> AppError:
    return AppError("This took too long or too many tries: sign in again.", code="INVALID_TOKEN")
