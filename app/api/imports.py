"""Bringing texts in."""

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile

from app.api.answers import Next
from app.api.failures import errors
from app.api.parameters import BatchId, IdempotencyKey
from app.gateway.context import actor
from app.schemas.imports import ImportFile, ImportItemView, ImportTexts, ImportView, ResolveImport
from app.services import imports

router = APIRouter(prefix="/api/v1/imports", tags=["imports"])
Files = Annotated[list[UploadFile], File()]


@router.post(
    "", status_code=201, summary="Import files", responses=errors("FORBIDDEN", "NOT_FOUND", "IDEMPOTENCY_KEY_REUSED")
)
async def run(space: Annotated[str, Form(max_length=20)], files: Files, idempotency_key: IdempotencyKey = "") -> Next:
    taken = [ImportFile(name=file.filename or "", data=await file.read()) for file in files]
    view = await imports.run(actor(), ImportTexts(space_key=space, files=tuple(taken)), idempotency_key)
    return Next(location=f"/import?report={view.id}")


@router.get("/{batch_id}", summary="Read the report of an import", responses=errors("NOT_FOUND"))
async def view(batch_id: BatchId) -> ImportView:
    return await imports.view(actor(), batch_id)


@router.post(
    "/answers",
    summary="Answer what an import asks",
    responses=errors("FORBIDDEN", "NOT_FOUND", "CONFLICT"),
)
async def resolve(command: ResolveImport) -> ImportItemView:
    return await imports.resolve(actor(), command)
