"""The manual of the API for people: drawn here from the OpenAPI document, with nothing from elsewhere in it."""

from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from app.api.manual_page import page
from app.gateway import headers

router = APIRouter(prefix="/api/docs", tags=["manual"], include_in_schema=False)
_STYLE = Path(__file__).with_name("manual.css")
_CACHED = {"cache-control": "public, max-age=300"}


@router.get("", response_class=HTMLResponse)
async def read(request: Request) -> HTMLResponse:
    policy = headers.page_policy(())
    return HTMLResponse(page(request.app.openapi()), headers={"content-security-policy": policy, **_CACHED})


@router.get("/manual.css")
async def style() -> Response:
    return Response(_STYLE.read_bytes(), media_type="text/css", headers=_CACHED)
