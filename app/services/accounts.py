"""The first account, signing in and out, and who a session belongs to. Passwords are hashed outside transactions."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.core import access_tokens, clock, context, ids, passwords
from app.core.errors import Conflict, InvalidCredentials
from app.core.settings import settings
from app.domain.permissions import SiteRole
from app.schemas.identity import Actor, ChangePassword, SetUpOwner, SignIn, TokenPair
from app.services import (
    api_sessions,
    authorize,
    browser_sessions,
    guessing,
    letters,
    person,
    personal_tokens,
    sample,
    second_step,
    spaces,
)
from app.services.events import OwnerSetUp, PasswordChanged, SignInRefused
from app.services.unit_of_work import UnitOfWork, reading, unit_of_work
from models import LinkKind, SetupToken, User

Begun = TypeVar("Begun")


async def issue_setup_link() -> str | None:
    """A fresh one-time token for `/setup`, which makes earlier ones worthless; None once somebody can sign in.

    Only its digest is stored: show it now or never.
    """
    token, now = ids.new_secret(), clock.now()
    async with unit_of_work() as work:
        if await work.users.any():
            return None
        await work.sessions.replace_setup_token(
            SetupToken(digest=ids.digest(token), created_at=now, expires_at=now + settings().setup_link_life)
        )
    return token


async def is_set_up() -> bool:
    """Whether anybody can sign in yet."""
    async with reading() as data:
        return await data.users.any()


async def set_up_owner(command: SetUpOwner, address: str, user_agent: str) -> str:
    """The owner's account with their first space, and the secret of their session. The token is spent by exactly
    one caller; a refused password or name leaves it good.
    """
    token = ids.digest(command.token.get_secret_value())
    async with reading() as data:
        if not await data.sessions.setup_token_is_good(token, clock.now()) or await data.users.any():
            raise _used_up()
    owner = User(email=person.email(command.email), name=person.name(command.name), role=SiteRole.owner)
    password = command.password.get_secret_value()
    passwords.refuse_weak(password)
    owner.password_hash = await passwords.hashed(password)
    samples = await sample.prepare() if command.sample else ()
    with context.coming_from(context.Origin(context.origin().request_id, address, user_agent)):
        async with unit_of_work() as work:
            if not await work.sessions.spend_setup_token(token, clock.now()) or await work.users.any():
                raise _used_up()
            if await work.users.by_email(owner.email):
                raise Conflict("An account with this address exists.", details={"field": "email"})
            await work.users.add(owner)
            work.record(OwnerSetUp(actor_id=owner.id, object_id=owner.id))
            await spaces.add_first(work, owner)
            if samples:
                await sample.store(work, owner, samples)
            return await browser_sessions.start(work, owner, address, user_agent)


async def sign_in(command: SignIn, address: str, user_agent: str) -> str:
    """The secret of a new session. One error, in the same time, for an unknown address and for a wrong password."""
    return await _signed_in(command, address, user_agent, browser_sessions.start)


async def sign_in_for_tokens(command: SignIn, address: str, user_agent: str) -> TokenPair:
    """The same for a program, which gets an access and a refresh token."""
    return await _signed_in(command, address, user_agent, api_sessions.start)


async def _signed_in(
    command: SignIn, address: str, user_agent: str, begin: Callable[[UnitOfWork, User, str, str], Awaitable[Begun]]
) -> Begun:
    email = person.email_or_none(command.email)
    password = command.password.get_secret_value()
    async with reading() as data:
        user = await data.users.by_email(email) if email else None
    await guessing.count(email or "none", address)
    matches = await passwords.verify(password, user.password_hash if user is not None and user.may_sign_in else None)
    with context.coming_from(context.Origin(context.origin().request_id, address, user_agent)):
        if user is None or not matches:
            await _refuse(user)
            raise InvalidCredentials("The address or the password is not right.")
        await guessing.forgive(user.email, address)
        return await _admit(user, password, lambda work, who: begin(work, who, address, user_agent))


async def _admit(user: User, password: str, begin: Callable[[UnitOfWork, User], Awaitable[Begun]]) -> Begun:
    """Also renews a hash that was made with other parameters than those set now. Raises SECOND_FACTOR_REQUIRED, with
    a ticket for the second step, for somebody who has one.
    """
    old = user.password_hash or ""
    renewed = await passwords.hashed(password) if passwords.needs_update(old) else None
    async with unit_of_work() as work:
        current = await work.users.get(user.id)
        if current is None or not current.may_sign_in or current.password_hash != old:
            raise InvalidCredentials("The address or the password is not right.")
        if renewed is not None:
            await work.users.set_password_hash(current.id, old, renewed)
        ticket = await second_step.ticket(work, current)
        if ticket is None:
            return await begin(work, current)
    raise second_step.needed(ticket)


async def _refuse(user: User | None) -> None:
    tried = user.id if user else "unknown"
    async with unit_of_work() as work:
        work.record(SignInRefused(actor_id=None, object_id=tried, result="refused"))


async def sign_out(actor: Actor) -> None:
    """Ends the actor's session on the server, at once and everywhere it is open; ending it twice is no error."""
    await browser_sessions.end(actor)


async def change_password(actor: Actor, command: ChangePassword) -> None:
    """Ends the person's other sessions. Raises `InvalidCredentials` when the current password is not right."""
    authorize.require_person(actor)
    async with reading() as data:
        user = await data.users.get(actor.user_id)
    old = (user.password_hash if user else None) or ""
    await guessing.count(actor.email, context.origin().address)
    if not await passwords.verify(command.current.get_secret_value(), old or None):
        raise InvalidCredentials("The current password is not right.", details={"field": "current"})
    new = command.new.get_secret_value()
    passwords.refuse_weak(new)
    hashed, now = await passwords.hashed(new), clock.now()
    async with unit_of_work() as work:
        if not await work.users.set_password_hash(actor.user_id, old, hashed):
            raise Conflict("The password was changed meanwhile, from somewhere else.")
        ended = await work.sessions.end_others(actor.user_id, actor.session_id, now)
        await work.links.end_of(actor.user_id, LinkKind.reset)
        await letters.post(work, actor.email, letters.password_changed())
        work.record(PasswordChanged(actor_id=actor.user_id, object_id=actor.user_id, details={"ended": ended}))


async def identify_bearer(token: str) -> Actor:
    """Who an access token or a personal token belongs to now; raises INVALID_TOKEN or SESSION_REVOKED."""
    if not token.startswith(personal_tokens.PREFIX):
        return await api_sessions.by_access_token(token)
    found = await personal_tokens.identify(token)
    if found is None:
        raise access_tokens.invalid()
    return found


async def identify(token: str) -> Actor | None:
    """Who this cookie's secret belongs to now; None when unknown, ended, outlived, or the account may not sign in."""
    return await browser_sessions.by_token(token)


async def identify_session(session_id: str) -> Actor | None:
    """The same by the id of the session, for what keeps no secret (interface events)."""
    return await browser_sessions.by_id(session_id)


def _used_up() -> InvalidCredentials:
    return InvalidCredentials(
        "This setup link was used, has expired, or was replaced by a newer one: restart Plumbline to get another."
    )
