"""Rendered texts by digest: immutable for the browser, permission checked whenever it asks."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.api.failures import errors
from app.gateway.context import viewer
from app.services import documents

router = APIRouter(tags=["content"])
HEADERS = {"cache-control": "private, max-age=31536000, immutable", "vary": "Cookie"}


@router.get(
    "/content/{digest}",
    summary="Read a rendered text",
    response_class=HTMLResponse,
    responses=errors("NOT_FOUND", "UNAUTHENTICATED"),
)
async def content(digest: str) -> HTMLResponse:
    return HTMLResponse(await documents.content(viewer(), digest), headers={**HEADERS, "etag": f'"{digest}"'})
