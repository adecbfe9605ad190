"""All spaces of the site, for those who look after them."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.failures import errors
from app.gateway.context import actor
from app.schemas.listing import Listed
from app.schemas.site_spaces import FindSpaces, SiteSpaceView
from app.services import site_spaces

router = APIRouter(prefix="/api/v1/site/spaces", tags=["admin"])


@router.get("", summary="List all spaces", responses=errors("FORBIDDEN"))
async def find(query: Annotated[FindSpaces, Query()]) -> Listed[SiteSpaceView]:
    return await site_spaces.find(actor(), query)
