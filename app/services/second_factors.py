"""A person's second factor: one-time codes of an app, with recovery codes for when the app is lost."""

from app.core import clock, ids, one_time_codes, rates, sealing
from app.core.errors import Conflict, Invalid
from app.core.settings import settings
from app.domain.permissions import Permission
from app.schemas.factors import NewSecondFactor, RecoveryCodes, SecondFactorView, TypedCode
from app.schemas.identity import Actor
from app.services import authorize, people
from app.services.events import RecoveryCodesMade, RecoveryCodeUsed, SecondFactorOff, SecondFactorOn
from app.services.unit_of_work import UnitOfWork, reading, unit_of_work
from models import OneTimeSecret

_WRONG = "This code is not right. Codes change every 30 seconds: check that the clock of your device is right."


async def status(actor: Actor) -> SecondFactorView:
    authorize.require_person(actor)
    async with reading() as data:
        found = await data.factors.secret(actor.user_id)
        left = await data.factors.recovery_left(actor.user_id)
    return SecondFactorView(since=found.confirmed_at if found else None, recovery_codes_left=left)


async def begin(actor: Actor) -> NewSecondFactor:
    """A secret for the app; signing in asks for nothing more until a code of it was typed (`confirm`)."""
    authorize.require_fresh(actor)
    made = one_time_codes.new_secret()
    async with unit_of_work() as work:
        if await work.factors.confirmed(actor.user_id):
            raise Conflict("Your second factor is on. Turn it off first to use another app.")
        await work.factors.forget_codes(actor.user_id)
        await work.factors.add(OneTimeSecret(user_id=actor.user_id, sealed=sealing.seal(made)))
    uri = one_time_codes.uri(made, actor.email)
    return NewSecondFactor(secret=made, uri=uri, picture=one_time_codes.picture(uri))


async def confirm(actor: Actor, command: TypedCode) -> RecoveryCodes:
    """In force from now on. Raises `Invalid` for a wrong code, which may be tried again."""
    authorize.require_fresh(actor)
    await count_guess(actor.user_id)
    made = one_time_codes.new_recovery_codes()
    async with unit_of_work() as work:
        found = await work.factors.secret(actor.user_id)
        if found is None or found.confirmed_at is not None:
            raise Conflict("There is no second factor to confirm: begin again.")
        step = _step(found, command.code.get_secret_value())
        if step is None or not await work.factors.confirm(actor.user_id, step, clock.now()):
            raise Invalid(_WRONG, details={"field": "code"})
        await _store(work, actor.user_id, made)
        work.record(SecondFactorOn(actor_id=actor.user_id, object_id=actor.user_id))
    return RecoveryCodes(codes=made)


async def renew_recovery_codes(actor: Actor) -> RecoveryCodes:
    """Makes the earlier ones worthless."""
    authorize.require_fresh(actor)
    made = one_time_codes.new_recovery_codes()
    async with unit_of_work() as work:
        if not await work.factors.confirmed(actor.user_id):
            raise Conflict("Your second factor is off.")
        await _store(work, actor.user_id, made)
        work.record(RecoveryCodesMade(actor_id=actor.user_id, object_id=actor.user_id))
    return RecoveryCodes(codes=made)


async def remove(actor: Actor) -> None:
    """From now on the password alone lets this person in."""
    authorize.require_fresh(actor)
    async with unit_of_work() as work:
        await _turn_off(work, actor, actor.user_id)


async def remove_for(actor: Actor, user_id: str) -> None:
    """For somebody who lost app and recovery codes. Raises `Conflict` when they have no second factor."""
    authorize.require_fresh(actor)
    async with unit_of_work() as work:
        user = await people.account(work, actor, user_id, Permission.user_change)
        if not await work.factors.confirmed(user.id):
            raise Conflict("They have no second factor.")
        await _turn_off(work, actor, user.id)


async def _turn_off(work: UnitOfWork, actor: Actor, user_id: str) -> None:
    if await work.factors.confirmed(user_id):
        work.record(SecondFactorOff(actor_id=actor.user_id, object_id=user_id))
    await work.factors.forget_codes(user_id)


async def count_guess(user_id: str) -> None:
    """Before a code is looked at. Raises RATE_LIMITED."""
    message = "Too many codes were tried."
    await rates.require("second-factor", settings().rate_second_factor, user_id, message=message)


async def is_good(work: UnitOfWork, user_id: str, code: str) -> bool:
    """Whether it is the app's code of about now, or a recovery code; either is spent by it."""
    found = await work.factors.secret(user_id)
    if found is None or found.confirmed_at is None:
        return False
    step = _step(found, code)
    if step is not None:
        return await work.factors.use_step(user_id, step)
    spent = await work.factors.spend_recovery(user_id, ids.digest(one_time_codes.plain(code)), clock.now())
    if spent:
        left = await work.factors.recovery_left(user_id)
        work.record(RecoveryCodeUsed(actor_id=user_id, object_id=user_id, details={"left": left}))
    return spent


async def _store(work: UnitOfWork, user_id: str, codes: tuple[str, ...]) -> None:
    await work.factors.replace_recovery(user_id, [ids.digest(one_time_codes.plain(code)) for code in codes])


def _step(found: OneTimeSecret, code: str) -> int | None:
    return one_time_codes.step_of(sealing.unseal(found.sealed), code, clock.now().timestamp())
