"""What is read out of a text: its rendering, findings, model and drawings."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from app.api.failures import errors
from app.api.parameters import Number, OfRevision
from app.domain.diagrams.draw import Diagram, Notation
from app.gateway.context import viewer
from app.schemas.understanding import FindingsView
from app.services import understanding
from app.services.understanding import Made

router = APIRouter(prefix="/api/v1/documents/{number}", tags=["understanding"])
_JSON = "application/json"
_KINDS = {Notation.svg: "image/svg+xml", Notation.sql: "application/sql"}
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
