"""Saved texts: their list, and the ways to add one."""

from typing import Annotated

from fastapi import APIRouter, Body, File, Form, Query, Response, UploadFile

from app.api.answers import Saved
from app.api.conditions import revision_of, tag
from app.api.failures import errors
from app.api.parameters import Cursor, IdempotencyKey, IfMatch, Limit, Number
from app.gateway.context import actor, viewer
from app.schemas.base import Command
from app.schemas.revisions import HistoryPage, MergeRevision, RevisionView, SaveRevision
from app.services import merging, revisions, texts

router = APIRouter(prefix="/api/v1/documents/{number}", tags=["revisions"])
_SAVING = errors(
    *("FORBIDDEN", "NOT_FOUND", "CONFLICT", "REVISION_CONFLICT", "IDEMPOTENCY_KEY_REUSED", "PRECONDITION_REQUIRED")
)
_MERGING = errors("FORBIDDEN", "NOT_FOUND", "CONFLICT", "MERGE_CONFLICT", "IDEMPOTENCY_KEY_REUSED")


class Merge(Command):
    """`base` is the revision that the text was made from."""

    base: Annotated[int, Body(ge=1, lt=2**31)]
    text: str
    message: str = ""


@router.get("/revisions", summary="List revisions", responses=errors("NOT_FOUND"))
async def history(number: Number, after: Cursor = "", limit: Limit = 25) -> HistoryPage:
    return await revisions.history(viewer(), number, cursor=after, limit=limit)


@router.post("/revisions", status_code=201, summary="Save a file as the next revision", responses=_SAVING)
async def save(
    number: Number,
    text: Annotated[UploadFile, File()],
    message: Annotated[str, Form(max_length=2000)] = "",
    if_match: IfMatch = "",
    idempotency_key: IdempotencyKey = "",
) -> Saved:
    base = revision_of(if_match)
    command = SaveRevision(number=number, base=base, text=texts.decode(await text.read()), message=message)
    return Saved.of(number, await revisions.save(actor(), command, idempotency_key))


@router.put("/text", summary="Save a text as the next revision", responses=_SAVING)
async def put(
    number: Number,
    text: Annotated[bytes, Body(media_type="text/markdown")],
    response: Response,
    message: Annotated[str, Query(max_length=2000)] = "",
    if_match: IfMatch = "",
    idempotency_key: IdempotencyKey = "",
) -> RevisionView:
    command = SaveRevision(number=number, base=revision_of(if_match), text=texts.decode(text), message=message)
    saved = await revisions.save(actor(), command, idempotency_key)
    response.headers["etag"] = tag(saved.number)
    return saved


@router.post("/merge", status_code=201, summary="Save a text that was made from an older revision", responses=_MERGING)
async def merge(
    number: Number, wanted: Merge, response: Response, idempotency_key: IdempotencyKey = ""
) -> RevisionView:
    command = MergeRevision(number=number, **wanted.model_dump())
    saved = await merging.save(actor(), command, idempotency_key)
    response.headers["etag"] = tag(saved.number)
    return saved
