"""Looking back: a document as an earlier revision had it."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.pages import Audience, Page, Slots
from app.gateway.served import document_slots
from app.schemas.identity import Viewer
from app.services import documents
from components.document.doc_link import doc_link
from components.document.head import document_head, or_missing
from components.shell.frame import frame
from components.ui import tokens
from components.ui.served import sheet
from state.document import DocumentState, revision_of
from state.frame import FrameState


def content() -> rx.Component:
    return frame(
        or_missing(
            document_head("history", has_menu=False),
            rx.el.p(
                "You are reading an earlier revision. ",
                doc_link("Go to the current one", path="", class_name=tokens.LINK),
                class_name="earlier",
            ),
            sheet(digest=DocumentState.head["digest"]),
        ),
        section="documents",
    )


async def fill(viewer: Viewer, parameters: Mapping[str, str]) -> Slots:
    return document_slots(*await documents.opened(viewer, parameters["number"], revision_of(parameters["revision"])))


PAGE = Page(
    "/d/[number]/r/[revision]",
    "Revision",
    content,
    on_load=[FrameState.load, DocumentState.load],
    audience=Audience.reader,
    fill=fill,
)
