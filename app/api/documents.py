"""Documents: their list, their heads, their texts."""

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from app.api.conditions import tag
from app.api.failures import errors
from app.api.parameters import Cursor, Limit, Number, OfRevision
from app.gateway.context import viewer
from app.schemas.documents import DocumentPage, DocumentView
from app.services import documents

router = APIRouter(prefix="/api/v1/documents", tags=["documents"])


@router.get("", summary="List documents")
async def page(after: Cursor = "", limit: Limit = 25) -> DocumentPage:
    return await documents.page(viewer(), cursor=after, limit=limit)


@router.get("/{number}", summary="Read a document's head", responses=errors("NOT_FOUND"))
async def view(number: Number, response: Response) -> DocumentView:
    found = await documents.view(viewer(), number)
    response.headers["etag"] = tag(found.revision, found)
    return found


@router.get(
    "/{number}/text",
    summary="Read a text exactly as it was saved",
    response_class=PlainTextResponse,
    responses=errors("NOT_FOUND"),
)
async def text(number: Number, revision: OfRevision = None) -> PlainTextResponse:
    source = await documents.text(viewer(), number, revision)
    return PlainTextResponse(source, headers={"content-disposition": f'attachment; filename="{number}.md"'})
