"""Coming in by a mailed link: forms of our own pages. A link is read and spent by POST only, never by opening it."""

from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import SecretStr
from starlette.responses import Response

from app.api.answers import Next, signed_in
from app.api.failures import errors
from app.gateway.context import actor, caller
from app.schemas.joining import (
    AcceptInvitation,
    AskReset,
    AskSignUp,
    FinishSignUp,
    LinkView,
    ReadLink,
    SetPassword,
    UseLink,
)
from app.services import addresses, invitations, link_views, registrations, resets

router = APIRouter(prefix="/auth", tags=["joining"])
Text = Annotated[str, Form(max_length=400)]
Secret = Annotated[SecretStr, Form(max_length=4096)]
Token = Annotated[SecretStr, Form(max_length=200)]


@router.post("/link", summary="Read what a mailed link is about", responses=errors("INVALID_CREDENTIALS"))
async def read(token: Token, kind: Text) -> LinkView:
    return await link_views.read(ReadLink(token=token, kind=kind), caller().actor)


@router.post(
    "/sign-up",
    summary="Ask for an account",
    status_code=202,
    response_class=Response,
    responses=errors("FORBIDDEN", "RATE_LIMITED"),
)
async def sign_up(email: Text) -> None:
    await registrations.ask(AskSignUp(email=email))


@router.post("/sign-up/finish", summary="Make the account", responses=errors("INVALID_CREDENTIALS", "CONFLICT"))
async def finish_sign_up(token: Token, name: Text, password: Secret) -> Response:
    command = FinishSignUp(token=token, name=name, password=password)
    secret = await registrations.finish(command, caller().address, caller().user_agent)
    return signed_in(secret, "/documents", "Welcome to Plumbline.")


@router.post(
    "/reset",
    summary="Ask for a new password",
    status_code=202,
    response_class=Response,
    responses=errors("RATE_LIMITED"),
)
async def reset(email: Text) -> None:
    await resets.ask(AskReset(email=email))


@router.post("/reset/new", summary="Set the new password", responses=errors("INVALID_CREDENTIALS"))
async def finish_reset(token: Token, password: Secret) -> Response:
    await resets.finish(SetPassword(token=token, password=password))
    return signed_in("", "/login", "Your password is set, and you are signed out everywhere. Sign in with it.")


@router.post("/address", summary="Confirm the new address", responses=errors("INVALID_CREDENTIALS", "CONFLICT"))
async def finish_address(token: Token) -> Next:
    await addresses.finish(UseLink(token=token))
    return Next(location="/settings/profile", notice="Your address is changed.")


@router.post(
    "/invitation",
    summary="Accept an invitation",
    responses=errors("UNAUTHENTICATED", "INVALID_CREDENTIALS", "FORBIDDEN"),
)
async def accept(token: Token) -> Next:
    await invitations.accept(actor(), UseLink(token=token))
    return Next(location="/documents", notice="The invitation is accepted.")


@router.post(
    "/invitation/new",
    summary="Accept an invitation with a new account",
    responses=errors("INVALID_CREDENTIALS", "CONFLICT"),
)
async def accept_new(token: Token, name: Text, password: Secret) -> Response:
    command = AcceptInvitation(token=token, name=name, password=password)
    secret = await invitations.accept_new(command, caller().address, caller().user_agent)
    return signed_in(secret, "/documents", "Welcome to Plumbline.")
