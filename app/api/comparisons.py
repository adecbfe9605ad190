"""Comparisons of revisions: as data, and as an immutable page by address."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.api.content import HEADERS
from app.api.failures import errors
from app.api.parameters import Number, Revision
from app.gateway.context import viewer
from app.schemas.comparisons import ComparisonView
from app.services import comparisons

router = APIRouter(tags=["comparisons"])


@router.get(
    "/api/v1/documents/{number}/compare/{old}/{new}",
    summary="Compare two revisions",
    responses=errors("NOT_FOUND"),
)
async def view(number: Number, old: Revision, new: Revision) -> ComparisonView:
    return await comparisons.view(viewer(), number, old, new)


@router.get(
    "/content/compare/{address}/{shown}",
    summary="Read a comparison's page",
    response_class=HTMLResponse,
    responses=errors("NOT_FOUND", "UNAUTHENTICATED"),
)
async def content(address: str, shown: str) -> HTMLResponse:
    html = await comparisons.content(viewer(), address, shown)
    return HTMLResponse(html, headers={**HEADERS, "etag": f'"{address}-{shown}"'})
