"""All revisions of a document, newest first."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.pages import Audience, Page, Slots
from app.gateway.served import document_slots
from app.schemas.identity import Viewer
from app.services import documents
from components.document.head import document_head, or_missing
from components.document.history import revision_list
from components.shell.frame import frame
from state.document import DocumentState
from state.frame import FrameState
from state.history import HistoryState


def content() -> rx.Component:
    return frame(or_missing(document_head("history"), revision_list()), section="documents")


async def fill(viewer: Viewer, parameters: Mapping[str, str]) -> Slots:
    return document_slots(await documents.view(viewer, parameters["number"]))


PAGE = Page(
    "/d/[number]/history",
    "History",
    content,
    on_load=[FrameState.load, DocumentState.load, HistoryState.load],
    audience=Audience.reader,
    fill=fill,
)
