"""Signing in for programs, and one's own account: sessions, personal tokens, password."""

from fastapi import APIRouter, Response

from app.api.failures import errors
from app.api.parameters import IdempotencyKey, SessionId, TokenId
from app.gateway.context import actor, caller
from app.schemas.identity import (
    Actor,
    ChangePassword,
    ChangeProfile,
    Confirm,
    MakePersonalToken,
    NewPersonalToken,
    PersonalTokenView,
    Refresh,
    SessionView,
    SignIn,
    TokenPair,
)
from app.schemas.joining import ChangeAddress
from app.services import accounts, addresses, api_sessions, confirmation, own_sessions, personal_tokens, profiles

router = APIRouter(prefix="/api/v1", tags=["account"])


@router.post(
    "/auth/login", summary="Sign in for tokens", responses=errors("INVALID_CREDENTIALS", "SECOND_FACTOR_REQUIRED")
)
async def log_in(command: SignIn) -> TokenPair:
    return await accounts.sign_in_for_tokens(command, caller().address, caller().user_agent)


@router.post("/auth/refresh", summary="Exchange a refresh token", responses=errors("REFRESH_REUSED"))
async def refresh(command: Refresh) -> TokenPair:
    return await api_sessions.refresh(command.refresh_token.get_secret_value())


@router.post("/auth/logout", summary="End this session", status_code=204, response_class=Response)
async def log_out() -> None:
    await accounts.sign_out(actor())


@router.post(
    "/auth/reauthenticate",
    summary="Show again who it is",
    status_code=204,
    response_class=Response,
    responses=errors("INVALID_CREDENTIALS", "FORBIDDEN"),
)
async def reauthenticate(command: Confirm) -> None:
    await confirmation.by_password(actor(), command)


@router.get("/me", summary="Who this is")
async def me() -> Actor:
    return actor()


@router.patch(
    "/me",
    summary="Change the name",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN"),
)
async def change_profile(command: ChangeProfile) -> None:
    await profiles.change(actor(), command)


@router.put(
    "/me/password",
    summary="Change the password",
    status_code=204,
    response_class=Response,
    responses=errors("INVALID_CREDENTIALS", "FORBIDDEN", "CONFLICT"),
)
async def change_password(command: ChangePassword) -> None:
    await accounts.change_password(actor(), command)


@router.post(
    "/me/email",
    summary="Ask for another e-mail address",
    status_code=202,
    response_class=Response,
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED"),
)
async def change_address(command: ChangeAddress) -> None:
    await addresses.ask(actor(), command)


@router.get("/me/sessions", summary="List your sessions", responses=errors("FORBIDDEN"))
async def sessions() -> tuple[SessionView, ...]:
    return await own_sessions.mine(actor())


@router.delete(
    "/me/sessions",
    summary="End your other sessions",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN"),
)
async def end_other_sessions() -> None:
    await own_sessions.end_others(actor())


@router.delete(
    "/me/sessions/{session_id}",
    summary="End one of your sessions",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "NOT_FOUND"),
)
async def end_session(session_id: SessionId) -> None:
    await own_sessions.end(actor(), session_id)


@router.get("/me/tokens", summary="List your personal tokens", responses=errors("FORBIDDEN"))
async def tokens() -> tuple[PersonalTokenView, ...]:
    return await personal_tokens.mine(actor())


@router.post(
    "/me/tokens",
    summary="Make a personal token",
    status_code=201,
    responses=errors("FORBIDDEN", "CONFLICT", "IDEMPOTENCY_KEY_REUSED"),
)
async def make_token(command: MakePersonalToken, idempotency_key: IdempotencyKey = "") -> NewPersonalToken:
    return await personal_tokens.make(actor(), command, idempotency_key)


@router.delete(
    "/me/tokens/{token_id}",
    summary="Revoke a personal token",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "NOT_FOUND"),
)
async def revoke_token(token_id: TokenId) -> None:
    await personal_tokens.revoke(actor(), token_id)
