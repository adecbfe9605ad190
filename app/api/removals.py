"""Deleting documents, listing what was deleted, and taking it back."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.conditions import known, tag
from app.api.failures import errors
from app.api.parameters import IfMatch, Key, Number
from app.gateway.context import actor
from app.schemas.documents import DeletedDocument, DocumentView, FindDeleted
from app.schemas.listing import Listed
from app.services import removals

router = APIRouter(prefix="/api/v1", tags=["documents"])


@router.delete(
    "/documents/{number}",
    status_code=204,
    response_class=Response,
    summary="Delete a document",
    description="It can be restored, with its number and its history. Its links are revoked.",
    responses=errors("FORBIDDEN", "NOT_FOUND", "BAD_REQUEST", "REVISION_CONFLICT", "PRECONDITION_REQUIRED"),
)
async def delete(number: Number, if_match: IfMatch = "") -> None:
    await removals.delete(actor(), number, known(if_match))


@router.post(
    "/documents/{number}/restore",
    summary="Restore a deleted document",
    responses=errors("FORBIDDEN", "NOT_FOUND", "CONFLICT"),
)
async def restore(number: Number, response: Response) -> DocumentView:
    found = await removals.restore(actor(), number)
    response.headers["etag"] = tag(found.revision, found)
    return found


@router.get(
    "/spaces/{key}/deleted", summary="List deleted documents of a space", responses=errors("FORBIDDEN", "NOT_FOUND")
)
async def of_space(key: Key, query: Annotated[FindDeleted, Query()]) -> Listed[DeletedDocument]:
    return await removals.of_space(actor(), key, query)
