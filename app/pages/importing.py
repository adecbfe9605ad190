"""Import: a form, and at the address of a report what became of the files."""

import reflex as rx

from app.gateway.pages import Page
from components.importing.form import import_form
from components.importing.report import import_report
from components.shell.frame import frame
from components.ui import tokens
from state.frame import FrameState
from state.imports import ImportState


def content() -> rx.Component:
    return frame(
        rx.el.section(
            rx.el.h1("Import", class_name=f"{tokens.PAGE_TITLE} mb-4"),
            rx.cond(ImportState.report, import_report(), import_form()),
            class_name="page",
        ),
        section="import",
    )


PAGE = Page("/import", "Import", content, on_load=[FrameState.load, ImportState.load])
