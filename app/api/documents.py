"""Documents and their revisions."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Header, Query, UploadFile
from starlette.responses import PlainTextResponse, Response

from app.api.answers import Next
from app.api.conditions import revision_of, tag
from app.api.failures import errors
from app.gateway.context import actor
from app.schemas.documents import DocumentPage, DocumentView
from app.schemas.revisions import HistoryPage, SaveRevision
from app.services import documents, revisions, texts

router = APIRouter(prefix="/api/v1/documents", tags=["documents"])
Cursor = Annotated[str, Query(max_length=400)]
Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("", summary="List documents")
async def page(after: Cursor = "", limit: Limit = 25) -> DocumentPage:
    return await documents.page(actor(), cursor=after, limit=limit)


@router.get("/{number}", summary="Read a document's head", responses=errors("NOT_FOUND"))
async def view(number: str, response: Response) -> DocumentView:
    found = await documents.view(actor(), number)
    response.headers["etag"] = tag(found.revision, found)
    return found


@router.get(
    "/{number}/text",
    summary="Read a text exactly as it was saved",
    response_class=PlainTextResponse,
    responses=errors("NOT_FOUND"),
)
async def text(number: str, revision: Annotated[int | None, Query(ge=1, lt=2**31)] = None) -> PlainTextResponse:
    source = await documents.text(actor(), number, revision)
    return PlainTextResponse(source, headers={"content-disposition": f'attachment; filename="{number}.md"'})


@router.get("/{number}/revisions", summary="List revisions", responses=errors("NOT_FOUND"))
async def history(number: str, after: Cursor = "", limit: Limit = 25) -> HistoryPage:
    return await revisions.history(actor(), number, cursor=after, limit=limit)


@router.post(
    "/{number}/revisions",
    status_code=201,
    summary="Save a new text",
    responses=errors("FORBIDDEN", "NOT_FOUND", "CONFLICT", "REVISION_CONFLICT", "PRECONDITION_REQUIRED"),
)
async def save(
    number: str,
    text: Annotated[UploadFile, File()],
    message: Annotated[str, Form(max_length=2000)] = "",
    if_match: Annotated[str, Header(max_length=100)] = "",
) -> Next:
    command = SaveRevision(
        number=number, base=revision_of(if_match), text=texts.decode(await text.read()), message=message
    )
    saved = await revisions.save(actor(), command)
    return Next(location=f"/d/{number}", notice=f"Revision {saved.number} saved.")
