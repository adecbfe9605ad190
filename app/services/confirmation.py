"""Proving again who one is, in a session that goes on: asked for by `authorize.require_fresh`."""

from app.core import clock, context, passwords
from app.core.errors import InvalidCredentials
from app.schemas.identity import Actor, Confirm
from app.services import authorize, guessing
from app.services.api_sessions import revoked
from app.services.events import SessionConfirmed, SignInRefused
from app.services.unit_of_work import reading, unit_of_work


async def by_password(actor: Actor, command: Confirm) -> None:
    """Counted and audited like a sign-in. Raises `InvalidCredentials`."""
    authorize.require_person(actor)
    async with reading() as data:
        user = await data.users.get(actor.user_id)
    await guessing.count(actor.email, context.origin().address)
    if not await passwords.verify(command.password.get_secret_value(), user.password_hash if user else None):
        async with unit_of_work() as work:
            work.record(SignInRefused(actor_id=actor.user_id, object_id=actor.user_id, result="refused"))
        raise InvalidCredentials("The password is not right.", details={"field": "password"})
    await guessing.forgive(actor.email, context.origin().address)
    await record(actor)


async def record(actor: Actor) -> None:
    """The proof was given."""
    async with unit_of_work() as work:
        if not await work.sessions.prove(actor.session_id, clock.now()):
            raise revoked()
        work.record(SessionConfirmed(actor_id=actor.user_id, object_id=actor.session_id))
