"""Taking documents out."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from app.api.failures import errors
from app.core import clock
from app.gateway.context import actor
from app.schemas.exports import DocumentsFormat, ExportDocuments
from app.services import exports

router = APIRouter(prefix="/api/v1/exports", tags=["documents"])
_KINDS = {
    DocumentsFormat.zip: "application/zip",
    DocumentsFormat.csv: "text/csv; charset=utf-8",
    DocumentsFormat.json: "application/json",
}


@router.get(
    "/documents",
    summary="Download documents",
    description="What a list finds, wholly: the newest texts in a zip, or a line for each. In CSV nothing can be taken "
    "for a formula. Audited.",
    response_class=StreamingResponse,
    responses=errors("FORBIDDEN"),
)
async def documents(query: Annotated[ExportDocuments, Query()]) -> StreamingResponse:
    pieces = await exports.documents(actor(), query)
    name = f"documents-{clock.now():%Y-%m-%d}.{query.format.value}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=_KINDS[query.format], headers=headers)
