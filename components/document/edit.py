"""Replacing a text: typed over, or by a file. What is refused stays in the form."""

import reflex as rx

from components.document.doc_link import doc_link
from components.ui import tokens
from components.ui.kit import button
from components.ui.post_form import file_picker, post_form, source_area


def _message(name: str) -> rx.Component:
    label = "What changed, in a few words"
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name=tokens.LABEL),
        rx.el.input(id=name, name="message", max_length=500, class_name=tokens.INPUT),
        class_name="flex-1 min-w-0",
    )


def _typed() -> rx.Component:
    return post_form(
        source_area(name="text", keep="text", label="Markdown source", exact="text.md", rows=24, served=True),
        rx.el.div(
            _message("message"),
            button("Save revision", kind=tokens.BUTTON_PRIMARY, type="submit"),
            doc_link("Cancel", path="", reload=True, class_name=tokens.BUTTON),
            class_name="flex flex-wrap items-end gap-2 mt-3",
        ),
        path="/revisions",
        label="Replace the text",
    )


def _uploaded() -> rx.Component:
    return post_form(
        rx.el.h2("Or take the text from a file", class_name="text-[15px] font-semibold mt-8 mb-2"),
        file_picker(
            name="text",
            label="Choose a Markdown file",
            hint="or drop it here: UTF-8, at most 2 MB",
            accept=".md,.markdown",
        ),
        rx.el.div(
            _message("file-message"),
            button("Save file as revision", type="submit"),
            class_name="flex flex-wrap items-end gap-2 mt-3",
        ),
        path="/revisions",
        label="Replace the text by a file",
    )


def edit_form() -> rx.Component:
    return rx.el.section(_typed(), _uploaded(), class_name="page")
