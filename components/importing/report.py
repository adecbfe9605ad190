"""What became of each file, section by section; the question when a document exists already."""

import reflex as rx

from components.ui import tokens
from components.ui.kit import badge, button
from state.imports import ImportState

Item = rx.Var[dict[str, str]]


def _question(item: Item) -> rx.Component:
    def answer(label: str, choice: str) -> rx.Component:
        return button(label, on_click=ImportState.resolve(item["id"], choice))

    return rx.el.div(
        answer("Save as a new revision of it", "revise"),
        answer("Make a new document", "create"),
        answer("Leave it out", "drop"),
        class_name="flex flex-wrap gap-2 mt-2",
    )


def _section(section: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.el.span(section["title"], class_name="section-title", data_level=section["level"]),
        rx.el.span(section["verdict"], class_name="section-verdict", data_verdict=section["verdict"]),
        rx.el.span(section["words"], class_name="text-ink-2"),
        class_name="report-section",
    )


def _item(item: Item) -> rx.Component:
    title = rx.cond(
        item["number"],
        rx.el.a(item["title"], href=f"/d/{item['number']}", class_name="row-title"),
        rx.el.span(item["title"], class_name="row-title"),
    )
    return rx.el.li(
        rx.el.div(
            title,
            rx.el.span(item["number"], class_name=tokens.NUMBER),
            rx.el.span(class_name="flex-1"),
            badge(item["label"], item["tone"]),
            class_name="flex flex-wrap items-center gap-2",
        ),
        rx.el.p(item["file"], class_name=tokens.HINT),
        rx.cond(item["message"], rx.el.p(item["message"], class_name="m-0 mt-1")),
        rx.cond(item["outcome"] == "exists", _question(item)),
        rx.el.details(
            rx.el.summary("What was understood"),
            rx.el.ul(rx.foreach(ImportState.sections[item["id"]], _section), class_name="report-sections"),
            class_name="mt-2",
        ),
        class_name="report-item",
    )


def import_report() -> rx.Component:
    return rx.fragment(
        rx.el.ul(
            rx.foreach(ImportState.items, _item), class_name="report", custom_attrs={"aria-label": "Imported files"}
        ),
        rx.el.div(
            rx.el.a("Import more", href="/import", class_name=tokens.BUTTON),
            rx.el.a("All documents", href="/documents", class_name=tokens.BUTTON),
            class_name="flex gap-2 mt-4",
        ),
    )
