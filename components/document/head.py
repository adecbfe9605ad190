"""The head of a document: number, title, status, health, who and when; the tabs below it."""

import reflex as rx

from components.document.doc_link import doc_link
from components.document.menu import menu
from components.ui import tokens
from components.ui.kit import empty, icon
from components.ui.served import slot, when
from components.ui.sharing import share
from state.document import DocumentState

_HEAD = DocumentState.head


def _badge(name: str) -> rx.Component:
    return slot(name=name, value=_HEAD[name], tone=_HEAD[f"{name}_tone"], class_name="badge")


def _facts() -> rx.Component:
    return rx.el.div(
        _badge("status"),
        _badge("health"),
        slot(name="owner", value=_HEAD["owner"]),
        slot(name="space", value=_HEAD["space"]),
        slot(name="revision", value=_HEAD["revision"]),
        rx.el.span("changed ", when(name="updated", at=_HEAD["updated"])),
        class_name="facts",
    )


def _may(marker: str, action: rx.Component) -> list[rx.Component]:
    """The action, shown by style where the marker before it says yes: served and live pages look the same."""
    return [slot(name=marker, tone=_HEAD[marker], class_name="may"), action]


def document_head(tab: str, *, has_menu: bool = True) -> rx.Component:
    edit = doc_link(icon("pencil", 14), "Replace text", path="/edit", reload=True, class_name=tokens.BUTTON)
    return rx.el.header(
        rx.el.div(
            slot(name="number", value=_HEAD["number"], class_name=tokens.NUMBER),
            slot(name="title", value=_HEAD["title"], element="h1", titles=True, class_name=tokens.PAGE_TITLE),
            rx.el.span(class_name="flex-1"),
            *_may("shareable", share(icon("user-plus", 14), "Share", class_name=tokens.BUTTON)),
            *_may("writable", edit),
            *(_may("manageable", menu()) if has_menu else ()),
            class_name="head-row",
        ),
        _facts(),
        rx.el.nav(
            doc_link("Document", path="", current=tab == "document", class_name="tab"),
            doc_link("History", path="/history", current=tab == "history", class_name="tab"),
            class_name="tabs",
            custom_attrs={"aria-label": "Document"},
        ),
        class_name="head",
    )


def or_missing(*content: rx.Component) -> rx.Component:
    """The page, or the sentence why there is no such document."""
    action = rx.el.a("All documents", href="/documents", class_name=tokens.BUTTON)
    return rx.cond(DocumentState.missing, empty("Not found", DocumentState.missing, action), rx.fragment(*content))
