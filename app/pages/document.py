"""Reading a document: its rendered text with findings, contents and the component graph."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.pages import Audience, Page, Slots
from app.gateway.served import document_slots
from app.schemas.identity import Viewer
from app.services import documents
from components.document.head import document_head, or_missing
from components.shell.frame import frame
from components.ui.served import sheet
from state.document import DocumentState
from state.frame import FrameState


def content() -> rx.Component:
    return frame(or_missing(document_head("document"), sheet(digest=DocumentState.head["digest"])), section="documents")


async def fill(viewer: Viewer, parameters: Mapping[str, str]) -> Slots:
    return document_slots(*await documents.opened(viewer, parameters["number"]))


PAGE = Page(
    "/d/[number]",
    "Document",
    content,
    on_load=[FrameState.load, DocumentState.load],
    audience=Audience.reader,
    fill=fill,
)
