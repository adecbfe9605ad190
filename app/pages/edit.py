"""Replacing the text of a document: by typing over it or by a file."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.pages import Page, Slots
from app.gateway.served import document_slots, source_slots
from app.schemas.identity import Actor
from app.services import documents
from components.document.edit import edit_form
from components.document.head import document_head, or_missing
from components.shell.frame import frame
from state.document import DocumentState
from state.frame import FrameState


def content() -> rx.Component:
    return frame(or_missing(document_head("edit"), edit_form()), section="documents")


async def fill(actor: Actor, parameters: Mapping[str, str]) -> Slots:
    view = await documents.view(actor, parameters["number"])
    text = await documents.text(actor, parameters["number"], view.revision)
    return document_slots(view) | source_slots(text, view.revision)


PAGE = Page("/d/[number]/edit", "Replace text", content, on_load=[FrameState.load, DocumentState.load], fill=fill)
