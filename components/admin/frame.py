"""The frame of the pages below /admin: a heading and the way between them."""

import reflex as rx

from app import panels
from components.shell.frame import frame
from components.ui import tokens
from components.ui.kit import empty
from components.ui.served import slot
from state.frame import FrameState


def admin_frame(title: str, href: str, *content: rx.Component) -> rx.Component:
    """`title` and `href` are the page's own, as in the way between the pages. Who may not open it sees that it is not
    there: at first paint by the slot, and as soon as the State knows.
    """
    closed = (FrameState.name != "") & ~FrameState.admin.contains(href)
    ways = [("Overview", panels.OVERVIEW), *((panel.title, panel.href) for panel in panels.every())]
    return frame(
        slot(name="closed", tone=rx.cond(closed, "yes", ""), class_name="closed"),
        _nothing(),
        rx.el.section(
            rx.el.h1("Admin", class_name=f"{tokens.PAGE_TITLE} mb-4"),
            rx.el.div(
                rx.el.nav(
                    *[_entry(label, href, current=label == title) for label, href in ways],
                    class_name="settings-nav",
                    custom_attrs={"aria-label": "Admin"},
                ),
                rx.el.div(*content, class_name="min-w-0"),
                class_name="admin",
            ),
            class_name="page",
        ),
        section="admin",
    )


def _nothing() -> rx.Component:
    action = rx.el.a("All documents", href="/documents", class_name=tokens.BUTTON)
    sentence = "The link may be old, or you may not be allowed to see what it leads to."
    return rx.el.div(empty("There is nothing at this address", sentence, action), class_name="closed-note")


def _entry(label: str, href: str, *, current: bool) -> rx.Component:
    attributes = {"aria-current": "page"} if current else {}
    link = rx.el.a(label, href=href, class_name="settings-link", custom_attrs=attributes)
    closed = (FrameState.admin.length() > 0) & ~FrameState.admin.contains(href)
    return rx.cond(closed, rx.fragment(), link)
