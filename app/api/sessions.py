"""Everybody's open sessions, for those who run the site."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.failures import errors
from app.api.parameters import SessionId
from app.gateway.context import actor
from app.schemas.listing import Listed
from app.schemas.sessions import FindSessions, OpenSessionView
from app.services import sessions

router = APIRouter(prefix="/api/v1/sessions", tags=["admin"])


@router.get("", summary="List open sessions of everybody", responses=errors("FORBIDDEN"))
async def find(query: Annotated[FindSessions, Query()]) -> Listed[OpenSessionView]:
    return await sessions.find(actor(), query)


@router.delete(
    "/{session_id}",
    summary="End anybody's session",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "NOT_FOUND"),
)
async def close(session_id: SessionId) -> None:
    await sessions.close(actor(), session_id)
