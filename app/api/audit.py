"""The audit log, for those who may read it."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from app.api.failures import errors
from app.core import clock
from app.gateway.context import actor
from app.schemas.audit import AuditView, ExportAudit, ExportFormat, FindAudit
from app.schemas.listing import Listed
from app.services import audit

router = APIRouter(prefix="/api/v1/audit", tags=["admin"])
_KINDS = {ExportFormat.csv: "text/csv; charset=utf-8", ExportFormat.json: "application/json"}


@router.get("", summary="List what happened", responses=errors("FORBIDDEN"))
async def find(query: Annotated[FindAudit, Query()]) -> Listed[AuditView]:
    return await audit.find(actor(), query)


@router.get(
    "/export",
    summary="Download what happened",
    description="Audited itself. In CSV nothing can be taken for a formula.",
    response_class=StreamingResponse,
    responses=errors("FORBIDDEN"),
)
async def export(query: Annotated[ExportAudit, Query()]) -> StreamingResponse:
    pieces = await audit.export(actor(), query)
    name = f"audit-{clock.now():%Y-%m-%d}.{query.format.value}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "x-content-type-options": "nosniff"}
    return StreamingResponse(pieces, media_type=_KINDS[query.format], headers=headers)
