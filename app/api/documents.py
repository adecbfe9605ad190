"""Documents: their list, their heads, their texts."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import PlainTextResponse, Response

from app.api.conditions import known, tag
from app.api.failures import errors
from app.api.fields import Fields, chosen
from app.api.parameters import IdempotencyKey, IfMatch, Number, OfRevision
from app.gateway.context import actor, viewer
from app.schemas.documents import ChangeDocument, CreateDocument, DocumentPage, DocumentView, FindDocuments
from app.services import belongings, documents, drafts, understanding

router = APIRouter(prefix="/api/v1/documents", tags=["documents"])
_CHANGING = errors(*("FORBIDDEN", "NOT_FOUND", "BAD_REQUEST", "CONFLICT", "REVISION_CONFLICT", "PRECONDITION_REQUIRED"))


class Wanted(FindDocuments):
    fields: Fields = ""


@router.get("", summary="List documents", response_model=DocumentPage)
async def page(query: Annotated[Wanted, Query()]) -> DocumentPage | Response:
    found = await documents.page(viewer(), query)
    return chosen(found, query.fields) if query.fields else found


@router.post(
    "",
    status_code=201,
    summary="Make a document",
    responses=errors("FORBIDDEN", "NOT_FOUND", "IDEMPOTENCY_KEY_REUSED"),
)
async def create(command: CreateDocument, response: Response, idempotency_key: IdempotencyKey = "") -> DocumentView:
    made = await drafts.create(actor(), command, idempotency_key)
    response.headers.update({"location": f"/api/v1/documents/{made.number}", "etag": tag(made.revision, made)})
    return made


@router.get("/{number}", summary="Read a document's head", response_model=DocumentView, responses=errors("NOT_FOUND"))
async def view(number: Number, response: Response, fields: Fields = "") -> DocumentView | Response:
    found = await documents.view(viewer(), number)
    response.headers["etag"] = tag(found.revision, found)
    return chosen(found, fields, response) if fields else found


@router.patch("/{number}", summary="Give a document another owner or space", responses=_CHANGING)
async def change(number: Number, command: ChangeDocument, response: Response, if_match: IfMatch = "") -> DocumentView:
    changed = await belongings.change(actor(), number, known(if_match), command)
    response.headers.update({"location": f"/api/v1/documents/{changed.number}", "etag": tag(changed.revision, changed)})
    return changed


@router.get(
    "/{number}/text",
    summary="Read a text exactly as it was saved",
    response_class=PlainTextResponse,
    responses=errors("NOT_FOUND"),
)
async def text(number: Number, revision: OfRevision = None) -> PlainTextResponse:
    made = await understanding.text(viewer(), number, revision)
    headers = {"content-disposition": f'attachment; filename="{number}.md"', "etag": tag(made.revision)}
    return PlainTextResponse(made.text, headers=headers)
