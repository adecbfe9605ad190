"""Set-up, sign-in, sign-out: forms that end in a new document, because a socket knows only the cookie it began with."""

from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import SecretStr
from starlette.responses import Response

from app.api.answers import Next, signed_in
from app.api.failures import errors
from app.gateway.context import actor, caller
from app.gateway.pages import local_path
from app.schemas.identity import Confirm, SetUpOwner, SignIn
from app.services import accounts, confirmation

router = APIRouter(prefix="/auth", tags=["auth"])
Text = Annotated[str, Form(max_length=4096)]
Secret = Annotated[SecretStr, Form(max_length=4096)]


@router.post("/setup", summary="Make the first account", responses=errors("INVALID_CREDENTIALS", "CONFLICT"))
async def set_up(token: Secret, name: Text, email: Text, password: Secret, start: Text = "sample") -> Response:
    command = SetUpOwner(token=token, name=name, email=email, password=password, sample=start == "sample")
    return signed_in(await accounts.set_up_owner(command, caller().address, caller().user_agent), "/documents")


@router.post(
    "/sign-in", summary="Sign in with a cookie", responses=errors("INVALID_CREDENTIALS", "SECOND_FACTOR_REQUIRED")
)
async def sign_in(email: Text, password: Secret, next: Text = "") -> Response:  # noqa: A002 -- the field's name in the form
    secret = await accounts.sign_in(SignIn(email=email, password=password), caller().address, caller().user_agent)
    return signed_in(secret, local_path(next or "/documents"))


@router.post(
    "/reauthenticate",
    summary="Show again who it is",
    responses=errors("UNAUTHENTICATED", "INVALID_CREDENTIALS", "FORBIDDEN"),
)
async def reauthenticate(password: Secret, next: Text = "") -> Next:  # noqa: A002 -- the field's name in the form
    await confirmation.by_password(actor(), Confirm(password=password))
    return Next(location=local_path(next or "/documents"), notice="Thank you. Now you can go on.")


@router.post("/sign-out", summary="Sign out", responses=errors("UNAUTHENTICATED"))
async def sign_out() -> Response:
    await accounts.sign_out(actor())
    return signed_in("", "/login")
