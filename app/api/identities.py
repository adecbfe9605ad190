"""One's identities at providers."""

from fastapi import APIRouter, Response

from app.api.failures import errors
from app.api.parameters import IdentityId
from app.gateway.context import actor
from app.schemas.providers import IdentitiesView
from app.services import identities

router = APIRouter(tags=["account"])


@router.get("/api/v1/me/identities", summary="Your linked identities", responses=errors("FORBIDDEN"))
async def mine() -> IdentitiesView:
    return await identities.mine(actor())


@router.delete(
    "/api/v1/me/identities/{identity_id}",
    summary="Unlink an identity",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "NOT_FOUND", "CONFLICT"),
)
async def unlink(identity_id: IdentityId) -> None:
    await identities.unlink(actor(), identity_id)
