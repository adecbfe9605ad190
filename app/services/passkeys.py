"""Passkeys (WebAuthn): a person adds and removes them, and signs in with one instead of a password.

An authenticator proves possession and, by its own PIN or sensor, its person: that is both factors. Nothing about its
make is asked. Challenges are good once and for minutes.
"""

import json
from datetime import timedelta
from typing import Any

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers import structs as web
from webauthn.helpers.exceptions import WebAuthnException

from app.core import clock, context, ids, rates
from app.core.errors import Invalid, InvalidCredentials
from app.core.settings import settings
from app.schemas.factors import AddPasskey, Ceremony, PasskeyAnswer, PasskeyView
from app.schemas.identity import Actor
from app.services import authorize, browser_sessions, relying_party, ways
from app.services.events import PasskeyAdded, PasskeyRemoved, SignInRefused
from app.services.unit_of_work import UnitOfWork, reading, unit_of_work
from models import Passkey, Proof, Step, User

MOST = 20
LIFE = timedelta(minutes=5)
_KEPT = timedelta(days=1)
_TOO_MANY = "Too many tries. You can also use your password."
_BAD_INPUT = (WebAuthnException, ValueError, TypeError, KeyError, RecursionError)


async def mine(actor: Actor) -> tuple[PasskeyView, ...]:
    authorize.require_person(actor)
    async with reading() as data:
        found = await data.factors.passkeys(actor.user_id)
    return tuple(_view(one) for one in found)


async def begin_adding(actor: Actor) -> Ceremony:
    """Options for `navigator.credentials.create`."""
    authorize.require_fresh(actor)
    challenge = ids.new_secret()
    async with unit_of_work() as work:
        known = await work.factors.passkeys(actor.user_id)
        if len(known) >= MOST:
            raise Invalid(f"You have {MOST} passkeys: remove one first.")
        await _remember(work, challenge, Step.passkey_new, actor.user_id)
    made = generate_registration_options(
        rp_id=relying_party.name(),
        rp_name="Plumbline",
        user_id=actor.user_id.encode(),
        user_name=actor.email,
        user_display_name=actor.name,
        challenge=base64url_to_bytes(challenge),
        authenticator_selection=web.AuthenticatorSelectionCriteria(
            resident_key=web.ResidentKeyRequirement.REQUIRED,
            user_verification=web.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            web.PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id)) for one in known
        ],
    )
    return Ceremony(options=json.loads(options_to_json(made)))


async def add(actor: Actor, command: AddPasskey) -> PasskeyView:
    """Raises `Invalid` for what is no good answer to a challenge of this person."""
    authorize.require_fresh(actor)
    challenge = relying_party.challenge(command.credential)
    await _take(challenge, Step.passkey_new, actor.user_id)
    try:
        proved = verify_registration_response(
            credential=command.credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=relying_party.name(),
            expected_origin=relying_party.origin(),
            require_user_verification=True,
        )
    except _BAD_INPUT as error:
        raise _not_proved() from error
    passkey = Passkey(
        user_id=actor.user_id,
        credential_id=bytes_to_base64url(proved.credential_id),
        public_key=bytes_to_base64url(proved.credential_public_key),
        sign_count=proved.sign_count,
        name=_name(command.name),
        transports=relying_party.transports(command.credential),
    )
    async with unit_of_work() as work:
        if await work.factors.passkey(passkey.credential_id) is not None:
            raise Invalid("This passkey is known already.")
        await work.factors.add(passkey)
        work.record(PasskeyAdded(actor_id=actor.user_id, object_id=passkey.id))
    return _view(passkey)


async def remove(actor: Actor, passkey_id: str) -> None:
    """Raises `NotFound` for what is no passkey of this person, `Conflict` for the last way into the account."""
    authorize.require_fresh(actor)
    async with unit_of_work() as work:
        left = await ways.of(work, actor.user_id)
        if not await work.factors.remove_passkey(actor.user_id, passkey_id):
            raise authorize.absent("passkey")
        if not left.allows_removal():
            raise ways.last_one()
        work.record(PasskeyRemoved(actor_id=actor.user_id, object_id=passkey_id))


async def begin_sign_in(address: str) -> Ceremony:
    """Options for `navigator.credentials.get`; the authenticator will say who it is."""
    await rates.require("passkey", settings().rate_sign_in_address, address, message=_TOO_MANY)
    challenge = ids.new_secret()
    async with unit_of_work() as work:
        await _remember(work, challenge, Step.passkey_sign_in, None)
    made = generate_authentication_options(
        rp_id=relying_party.name(),
        challenge=base64url_to_bytes(challenge),
        user_verification=web.UserVerificationRequirement.REQUIRED,
    )
    return Ceremony(options=json.loads(options_to_json(made)))


async def sign_in(command: PasskeyAnswer, address: str, user_agent: str) -> str:
    """The secret of a new session. One error for everything that is not right."""
    challenge = relying_party.challenge(command.credential)
    await _take(challenge, Step.passkey_sign_in, None)
    with context.coming_from(context.Origin(context.origin().request_id, address, user_agent)):
        async with unit_of_work() as work:
            passkey, user = await _claimed(work, command.credential)
            count = _verified(command.credential, challenge, passkey) if passkey and user else None
            if passkey is not None and user is not None and count is not None:
                await work.factors.note_passkey(passkey.id, count, clock.now())
                return await browser_sessions.start(work, user, address, user_agent)
            tried = passkey.user_id if passkey else "unknown"
            work.record(SignInRefused(actor_id=None, object_id=tried, result="refused"))
    raise InvalidCredentials("This passkey lets nobody in here.")


async def _claimed(work: UnitOfWork, credential: dict[str, Any]) -> tuple[Passkey | None, User | None]:
    """The passkey that the answer names, and its person if they may sign in and the authenticator means them."""
    passkey = await work.factors.passkey(str(credential.get("id", ""))[:1400])
    user = await work.users.get(passkey.user_id) if passkey else None
    if passkey is None or user is None or not user.may_sign_in:
        return passkey, None
    return passkey, user if relying_party.user(credential) == user.id else None


def _verified(credential: dict[str, Any], challenge: str, passkey: Passkey) -> int | None:
    """The authenticator's new count of uses, or None when the signature is not its own."""
    try:
        return verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=relying_party.name(),
            expected_origin=relying_party.origin(),
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        ).new_sign_count
    except _BAD_INPUT:
        return None


async def _remember(work: UnitOfWork, challenge: str, step: Step, user_id: str | None) -> None:
    now = clock.now()
    await work.factors.forget_proofs(now - _KEPT)
    await work.factors.add(Proof(digest=ids.digest(challenge), step=step, user_id=user_id, expires_at=now + LIFE))


async def _take(challenge: str, step: Step, user_id: str | None) -> None:
    """A challenge of ours, for this step and person, is spent; anything else raises `Invalid`."""
    async with unit_of_work() as work:
        proof = await work.factors.count_try(ids.digest(challenge), clock.now(), 1)
    if proof is None or proof.step is not step or proof.user_id != user_id:
        raise _not_proved()


def _not_proved() -> Invalid:
    return Invalid("The passkey's answer is not good, or it came too late: try again.")


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    return name if name and name.isprintable() else "Passkey"


def _view(passkey: Passkey) -> PasskeyView:
    return PasskeyView(
        id=passkey.id, name=passkey.name, created_at=passkey.created_at, last_used_at=passkey.last_used_at
    )
