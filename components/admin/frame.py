"""The frame of the pages below /admin: a heading and the way between them."""

import reflex as rx

from app import panels
from components.shell.frame import frame
from components.ui import tokens
from state.frame import FrameState


def admin_frame(title: str, *content: rx.Component) -> rx.Component:
    """`title` is the page's own, as the way between the pages names it."""
    ways = [("Overview", panels.OVERVIEW), *((panel.title, panel.href) for panel in panels.every())]
    return frame(
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


def _entry(label: str, href: str, *, current: bool) -> rx.Component:
    attributes = {"aria-current": "page"} if current else {}
    link = rx.el.a(label, href=href, class_name="settings-link", custom_attrs=attributes)
    closed = (FrameState.admin.length() > 0) & ~FrameState.admin.contains(href)
    return rx.cond(closed, rx.fragment(), link)
