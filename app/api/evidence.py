"""Evidence of a space: what a team's own tools say of how things are."""

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from starlette.responses import Response

from app.api.failures import errors
from app.api.parameters import EvidenceId, IdempotencyKey, Key
from app.gateway.context import actor
from app.schemas.evidence import AddEvidence, EvidenceView, FindEvidence
from app.schemas.listing import Listed
from app.services import evidence

router = APIRouter(prefix="/api/v1/spaces/{key}/evidence", tags=["evidence"])
_READING = errors("FORBIDDEN", "NOT_FOUND")


@router.post(
    "",
    status_code=201,
    summary="Add a file of evidence",
    description="A JUnit or Cobertura report in XML; coverage.py's, OpenAPI, an import graph or measured values in "
    "JSON. Which it is, is told by what stands in it. A document type is refused.",
    responses=errors(
        "FORBIDDEN", "NOT_FOUND", "UNSUPPORTED_MEDIA_TYPE", "IDEMPOTENCY_KEY_REUSED", "INSUFFICIENT_STORAGE"
    ),
)
async def add(key: Key, file: Annotated[UploadFile, File()], idempotency_key: IdempotencyKey = "") -> EvidenceView:
    command = AddEvidence(space=key, file_name=file.filename or "", data=await file.read())
    return await evidence.add(actor(), command, idempotency_key)


@router.get("", summary="List the evidence of a space", responses=_READING)
async def find(key: Key, query: Annotated[FindEvidence, Query()]) -> Listed[EvidenceView]:
    return await evidence.find(actor(), key, query)


@router.get("/{evidence_id}", summary="Read what a file of evidence says", responses=_READING)
async def view(key: Key, evidence_id: EvidenceId) -> EvidenceView:
    return await evidence.view(actor(), key, evidence_id)


@router.get(
    "/{evidence_id}/file",
    summary="Download a file of evidence",
    description="As it was sent, which is checked by its SHA-256.",
    response_class=Response,
    responses={200: {"content": {"application/xml": {}, "application/json": {}}}, **_READING},
)
async def download(key: Key, evidence_id: EvidenceId) -> Response:
    found = await evidence.download(actor(), key, evidence_id)
    headers = {"content-disposition": f'attachment; filename="{found.name}"', "etag": f'"{found.digest}"'}
    return Response(found.content, media_type=found.media_type, headers=headers)


@router.delete(
    "/{evidence_id}",
    status_code=204,
    response_class=Response,
    summary="Delete a file of evidence",
    responses=_READING,
)
async def remove(key: Key, evidence_id: EvidenceId) -> None:
    await evidence.remove(actor(), key, evidence_id)
