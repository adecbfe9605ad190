"""Choosing files or pasting a text."""

import reflex as rx

from components.ui import tokens
from components.ui.kit import button
from components.ui.post_form import file_picker, post_form, source_area
from state.imports import ImportState


def _space() -> rx.Component:
    return rx.el.div(
        rx.el.label("Into the space", html_for="space", class_name=tokens.LABEL),
        rx.el.select(
            rx.foreach(ImportState.spaces, lambda space: rx.el.option(space["name"], value=space["key"])),
            id="space",
            name="space",
            required=True,
            class_name=f"{tokens.INPUT} max-w-xs",
        ),
    )


def import_form() -> rx.Component:
    return post_form(
        _space(),
        file_picker(
            name="files",
            label="Choose Markdown files",
            hint="or drop them here: .md or a .zip, UTF-8, at most 2 MB each, 100 at once; proposals with kep.yaml",
            multiple=True,
            accept=".md,.markdown,.yaml,.yml,.zip",
        ),
        rx.el.div(
            rx.el.p("Or paste a text", class_name=tokens.LABEL),
            source_area(
                name="files",
                keep="import",
                label="Markdown to import",
                exact="pasted.md",
                rows=12,
                placeholder="# Title\n\nText",
            ),
        ),
        rx.el.div(button("Import", kind=tokens.BUTTON_PRIMARY, type="submit")),
        action="/api/v1/imports",
        label="Import",
        class_name="stack max-w-3xl",
    )
