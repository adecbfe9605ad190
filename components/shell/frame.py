"""The frame around signed-in pages. Below 900 px the rail is a drawer (a native popover, usable before any script)."""

import reflex as rx

from components.shell.account import account_menu
from components.ui import tokens
from components.ui.bridge import bridge
from components.ui.kit import hard_link, icon
from components.ui.served import slot
from state.frame import FrameState


def brand() -> rx.Component:
    return rx.el.a(
        rx.el.span(class_name="bob-mark", custom_attrs={"aria-hidden": "true"}),
        "Plumbline",
        href="/documents",
        class_name="brand",
    )


def _rail_link(label: str, name: str, href: str | rx.Var[str], current: bool) -> rx.Component:
    counted = isinstance(href, str) and href == "/documents"
    count = slot(name="documents", value=FrameState.documents, class_name="count") if counted else None
    attributes = {"aria-current": "page"} if current else {}
    return rx.el.a(
        icon(name), label, *([count] if count else []), href=href, class_name="rail-link", custom_attrs=attributes
    )


def _spaces() -> rx.Component:
    return rx.cond(
        FrameState.spaces.length() > 0,
        rx.el.div(
            rx.el.h2("Your spaces", class_name="rail-title"),
            rx.el.ul(
                rx.foreach(
                    FrameState.spaces,
                    lambda space: rx.el.li(
                        rx.el.a(
                            rx.el.span(space["name"], class_name="rail-name"),
                            rx.el.span(space["count"], class_name="count"),
                            href=f"/s/{space['key']}",
                            class_name="rail-space",
                        )
                    ),
                ),
                class_name="list-none p-0 m-0",
            ),
        ),
    )


def _rail(section: str) -> rx.Component:
    is_admin = FrameState.admin.length() > 0
    return rx.el.nav(
        brand(),
        _rail_link("Documents", "file-text", "/documents", section == "documents"),
        _rail_link("Spaces", "folders", "/spaces", section == "spaces"),
        _rail_link("Import", "upload", "/import", section == "import"),
        _spaces(),
        rx.el.span(class_name="flex-1"),
        slot(name="admin", tone=rx.cond(is_admin, "yes", ""), class_name="may"),
        _rail_link("Admin", "shield", rx.cond(is_admin, FrameState.admin[0], "/admin"), section == "admin"),
        id="rail",
        class_name="rail",
        custom_attrs={"aria-label": "Main", "popover": "auto"},
    )


def _top() -> rx.Component:
    return rx.el.header(
        rx.el.button(
            icon("menu", 18),
            class_name=f"{tokens.BUTTON_QUIET} for-known wide:hidden px-1.5",
            type="button",
            custom_attrs={"aria-label": "Menu", "popovertarget": "rail"},
        ),
        rx.el.span(brand(), class_name="wide:hidden"),
        rx.el.span(class_name="flex-1"),
        rx.el.a(icon("upload", 15), "Import", href="/import", class_name=f"{tokens.BUTTON} for-known"),
        rx.el.a("Sign in", href="/login", class_name=f"{tokens.BUTTON_PRIMARY} for-unknown"),
        account_menu(),
        class_name="top",
    )


def frame(*content: rx.Component, section: str) -> rx.Component:
    """`section` is the rail entry that is current."""
    return rx.el.div(
        slot(name="unknown", tone=FrameState.unknown, class_name="asker"),
        hard_link("Skip to content", href="#content", class_name="skip"),  # the router would not move the focus
        _rail(section),
        rx.el.div(_top(), rx.el.main(*content, id="content", tab_index=-1), class_name="min-w-0"),
        bridge(commands=FrameState.commands),
        class_name="app",
    )


def bare(title: str, *content: rx.Component) -> rx.Component:
    """The frame of pages for people who are not signed in: one card."""
    return rx.el.div(
        rx.el.main(
            rx.el.div(
                rx.el.span(class_name="bob-mark", custom_attrs={"aria-hidden": "true"}), "Plumbline", class_name="brand"
            ),
            rx.el.h1(title, class_name=tokens.PAGE_TITLE),
            *content,
            id="content",
            class_name="bare-card",
        ),
        bridge(commands=FrameState.commands),
        class_name="bare",
    )
