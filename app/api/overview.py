"""How the site is doing, for those who run it."""

from fastapi import APIRouter

from app.api.failures import errors
from app.gateway.context import actor
from app.schemas.overview import OverviewView, Span
from app.services import overview

router = APIRouter(prefix="/api/v1/overview", tags=["admin"])


@router.get("", summary="See how the site is doing", responses=errors("FORBIDDEN"))
async def view(span: Span = Span.hour) -> OverviewView:
    return await overview.view(actor(), span)
