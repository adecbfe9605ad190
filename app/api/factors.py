"""One's own second factor and passkeys, and the second step of signing in for programs."""

from fastapi import APIRouter, Response

from app.api.failures import errors
from app.api.parameters import PasskeyId
from app.gateway.context import actor, caller
from app.schemas.factors import (
    AddPasskey,
    Ceremony,
    NewSecondFactor,
    PasskeyView,
    RecoveryCodes,
    SecondFactorView,
    SecondStep,
    TypedCode,
)
from app.schemas.identity import TokenPair
from app.services import passkeys, second_factors, second_step

router = APIRouter(prefix="/api/v1", tags=["account"])


@router.post(
    "/auth/second-factor",
    summary="Finish signing in with a code",
    responses=errors("INVALID_CREDENTIALS"),
)
async def finish(command: SecondStep) -> TokenPair:
    return await second_step.finish_for_tokens(command, caller().address, caller().user_agent)


@router.get("/me/second-factor", summary="Whether a second factor is on", responses=errors("FORBIDDEN"))
async def status() -> SecondFactorView:
    return await second_factors.status(actor())


@router.post(
    "/me/second-factor",
    summary="Begin a second factor",
    status_code=201,
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "CONFLICT"),
)
async def begin() -> NewSecondFactor:
    return await second_factors.begin(actor())


@router.post(
    "/me/second-factor/confirmation",
    summary="Put the second factor in force",
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "CONFLICT"),
)
async def confirm(command: TypedCode) -> RecoveryCodes:
    return await second_factors.confirm(actor(), command)


@router.delete(
    "/me/second-factor",
    summary="Turn the second factor off",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED"),
)
async def turn_off() -> None:
    await second_factors.remove(actor())


@router.post(
    "/me/second-factor/recovery-codes",
    summary="Make new recovery codes",
    status_code=201,
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "CONFLICT"),
)
async def renew_recovery_codes() -> RecoveryCodes:
    return await second_factors.renew_recovery_codes(actor())


@router.get("/me/passkeys", summary="List your passkeys", responses=errors("FORBIDDEN"))
async def mine() -> tuple[PasskeyView, ...]:
    return await passkeys.mine(actor())


@router.post(
    "/me/passkeys/options",
    summary="Begin to add a passkey",
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "VALIDATION_ERROR"),
)
async def begin_passkey() -> Ceremony:
    return await passkeys.begin_adding(actor())


@router.post(
    "/me/passkeys",
    summary="Add a passkey",
    status_code=201,
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED"),
)
async def add_passkey(command: AddPasskey) -> PasskeyView:
    return await passkeys.add(actor(), command)


@router.delete(
    "/me/passkeys/{passkey_id}",
    summary="Remove a passkey",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "NOT_FOUND", "CONFLICT"),
)
async def remove_passkey(passkey_id: PasskeyId) -> None:
    await passkeys.remove(actor(), passkey_id)
