"""What each role may do."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.failures import errors
from app.gateway.context import actor
from app.schemas.listing import Listed
from app.schemas.matrix import FindPermissions, PermissionView
from app.services import matrix

router = APIRouter(prefix="/api/v1/permissions", tags=["groups and roles"])


@router.get("", summary="List permissions with who holds them", responses=errors("FORBIDDEN"))
async def find(query: Annotated[FindPermissions, Query()]) -> Listed[PermissionView]:
    return await matrix.find(actor(), query)
