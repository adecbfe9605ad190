"""What happened in one space or to one document, for those who answer for it."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.failures import errors
from app.api.parameters import Key, Number
from app.gateway.context import actor
from app.schemas.audit import EventView, FindEvents
from app.schemas.listing import Listed
from app.services import audit

router = APIRouter(prefix="/api/v1")
_MAY = errors("FORBIDDEN", "NOT_FOUND")


@router.get("/spaces/{key}/audit", tags=["spaces"], summary="List what happened in a space", responses=_MAY)
async def of_space(key: Key, query: Annotated[FindEvents, Query()]) -> Listed[EventView]:
    return await audit.of_space(actor(), key, query)


@router.get("/documents/{number}/audit", tags=["documents"], summary="List what happened to a document", responses=_MAY)
async def of_document(number: Number, query: Annotated[FindEvents, Query()]) -> Listed[EventView]:
    return await audit.of_document(actor(), number, query)
