"""Inviting people, and links that are made for somebody else."""

from fastapi import APIRouter, Response

from app.api.failures import errors
from app.api.parameters import IdempotencyKey, InvitationId, UserId
from app.gateway.context import actor
from app.schemas.joining import InvitationMade, InvitationView, LinkMade, MakeInvitation
from app.services import invitations, resets

router = APIRouter(prefix="/api/v1", tags=["people"])


@router.get("/invitations", summary="Open invitations", responses=errors("FORBIDDEN"))
async def open_ones() -> tuple[InvitationView, ...]:
    return await invitations.open_ones(actor())


@router.post(
    "/invitations",
    summary="Invite somebody",
    status_code=201,
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "NOT_FOUND", "CONFLICT", "IDEMPOTENCY_KEY_REUSED"),
)
async def make(command: MakeInvitation, idempotency_key: IdempotencyKey = "") -> InvitationMade:
    return await invitations.make(actor(), command, idempotency_key)


@router.delete(
    "/invitations/{invitation_id}",
    summary="Withdraw an invitation",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "NOT_FOUND"),
)
async def withdraw(invitation_id: InvitationId) -> None:
    await invitations.withdraw(actor(), invitation_id)


@router.post(
    "/users/{user_id}/reset-link",
    summary="Make a link that sets somebody's password, to hand over",
    status_code=201,
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "NOT_FOUND"),
)
async def make_reset_link(user_id: UserId) -> LinkMade:
    return await resets.make_for(actor(), user_id)
