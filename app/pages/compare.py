"""Two revisions of a document side by side, what changed in words first."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.pages import Audience, Page, Slots
from app.gateway.served import comparison_slots
from app.schemas.identity import Viewer
from app.services import comparisons
from components.document.compare import compared_head, compared_sheet
from components.document.head import document_head, or_missing
from components.shell.frame import frame
from state.comparison import ComparisonState
from state.document import DocumentState, revision_of
from state.frame import FrameState


def content() -> rx.Component:
    return frame(
        or_missing(document_head("history"), compared_head(), compared_sheet()),
        section="documents",
    )


async def fill(viewer: Viewer, parameters: Mapping[str, str]) -> Slots:
    old, new = revision_of(parameters["before"]) or 0, revision_of(parameters["after"]) or 0
    head = await comparisons.head(viewer, parameters["number"], old, new)
    view = comparisons.view_named(parameters.get("view", ""))
    html = await comparisons.content(viewer, head.content_digest.removeprefix("compare/"), view)
    return comparison_slots(head, html, view)


PAGE = Page(
    "/d/[number]/compare/[before]/[after]",
    "Comparison",
    content,
    on_load=[FrameState.load, DocumentState.load, ComparisonState.load],
    audience=Audience.reader,
    fill=fill,
)
