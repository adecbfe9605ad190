"""What is read out of a text: its rendering, findings, model and drawings, and how it stands as a badge."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from app.api.failures import errors
from app.api.parameters import Number, OfRevision
from app.domain.diagrams.badge import LABEL
from app.domain.diagrams.draw import Diagram, Notation
from app.gateway.context import viewer
from app.schemas.understanding import FindingsView
from app.services import badges, understanding
from app.services.understanding import Made

router = APIRouter(prefix="/api/v1/documents/{number}", tags=["understanding"])
_JSON = "application/json"
_KINDS = {Notation.svg: "image/svg+xml", Notation.sql: "application/sql"}
_LONGEST_LABEL = 80
_BADGE = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}
_ENDINGS = {Notation.mermaid: "mmd", Notation.plantuml: "puml", Notation.structurizr: "dsl"}


def _told(made: Made, kind: str, name: str = "") -> Response:
    headers = {"etag": f'"{made.content_digest}"'}
    headers |= {"content-disposition": f'attachment; filename="{name}"'} if name else {}
    return Response(made.text, media_type=kind, headers=headers)


@router.get("/html", summary="Read a text as it is shown", response_class=HTMLResponse, responses=errors("NOT_FOUND"))
async def html(number: Number, revision: OfRevision = None) -> Response:
    return _told(await understanding.html(viewer(), number, revision), "text/html")


@router.get(
    "/findings", summary="List what the rules found", response_model=FindingsView, responses=errors("NOT_FOUND")
)
async def findings(number: Number, revision: OfRevision = None) -> Response:
    return _told(await understanding.findings(viewer(), number, revision), _JSON)


@router.get("/model", summary="Read what was understood", response_model=dict, responses=errors("NOT_FOUND"))
async def model(number: Number, revision: OfRevision = None) -> Response:
    return _told(await understanding.model(viewer(), number, revision), _JSON)


@router.get(
    "/diagrams/{diagram}.{notation}",
    summary="Download a drawing",
    description="What cannot be written in a notation is refused with the notations that it can be written in.",
    response_class=Response,
    responses=errors("NOT_FOUND"),
)
async def drawing(number: Number, diagram: Diagram, notation: Notation, revision: OfRevision = None) -> Response:
    made = await understanding.drawing(viewer(), number, revision, diagram, notation)
    name = f"{number}-{diagram}.{_ENDINGS.get(notation, notation.value)}"
    return _told(made, _KINDS.get(notation, "text/plain"), name)


@router.get(
    "/badge.svg",
    summary="Show how a document stands",
    description="One line for a README: number, status, revision and health. Of a public document it asks nobody to "
    "sign in.",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}, **errors("NOT_FOUND")},
)
async def badge(number: Number, label: Annotated[str, Query(max_length=_LONGEST_LABEL)] = LABEL) -> Response:
    made = await badges.view(viewer(), number, label)
    kept = "public, max-age=60" if made.is_public else "private, no-store"
    return Response(made.svg, media_type=_KINDS[Notation.svg], headers={**_BADGE, "cache-control": kept})
