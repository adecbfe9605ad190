"""The second step of signing in, and signing in with a passkey, for our own pages."""

from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import SecretStr
from starlette.responses import Response

from app.api.answers import signed_in
from app.api.failures import errors
from app.gateway.context import caller
from app.gateway.pages import local_path
from app.schemas.factors import Ceremony, PasskeyAnswer, SecondStep
from app.services import passkeys, second_step

router = APIRouter(prefix="/auth", tags=["auth"])
Text = Annotated[str, Form(max_length=4096)]
Secret = Annotated[SecretStr, Form(max_length=100)]


@router.post("/second-factor", summary="Finish signing in with a code", responses=errors("INVALID_CREDENTIALS"))
async def finish(ticket: Secret, code: Secret, next: Text = "") -> Response:  # noqa: A002 -- the field's name in the form
    secret = await second_step.finish(SecondStep(ticket=ticket, code=code), caller().address, caller().user_agent)
    return signed_in(secret, local_path(next or "/documents"))


@router.post("/passkey/options", summary="Begin to sign in with a passkey")
async def begin_passkey() -> Ceremony:
    return await passkeys.begin_sign_in(caller().address)


@router.post("/passkey", summary="Sign in with a passkey", responses=errors("INVALID_CREDENTIALS"))
async def sign_in_with_passkey(command: PasskeyAnswer, next: str = "") -> Response:  # noqa: A002 -- the field's name
    secret = await passkeys.sign_in(command, caller().address, caller().user_agent)
    return signed_in(secret, local_path(next or "/documents"))
