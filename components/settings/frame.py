"""The frame of the pages below /settings: a heading and the way between them."""

import reflex as rx

from components.shell.frame import frame
from components.ui import tokens

SECTIONS = (
    ("Profile", "/settings/profile"),
    ("Password", "/settings/password"),
    ("Second factor", "/settings/second-factor"),
    ("Passkeys", "/settings/passkeys"),
    ("Sessions", "/settings/sessions"),
    ("Tokens", "/settings/tokens"),
    ("Connected identities", "/settings/identities"),
)


def settings_frame(title: str, *content: rx.Component) -> rx.Component:
    """`title` is the page's entry in `SECTIONS`."""
    return frame(
        rx.el.section(
            rx.el.h1("Settings", class_name=f"{tokens.PAGE_TITLE} mb-4"),
            rx.el.div(
                rx.el.nav(
                    *[_entry(label, href, current=label == title) for label, href in SECTIONS],
                    class_name="settings-nav",
                    custom_attrs={"aria-label": "Settings"},
                ),
                rx.el.div(rx.el.h2(title, class_name="settings-title"), *content, class_name="settings-body"),
                class_name="settings",
            ),
            class_name="page",
        ),
        section="settings",
    )


def _entry(label: str, href: str, *, current: bool) -> rx.Component:
    attributes = {"aria-current": "page"} if current else {}
    return rx.el.a(label, href=href, class_name="settings-link", custom_attrs=attributes)


def note(*text: rx.Component | str | rx.Var[str]) -> rx.Component:
    """A sentence under the title that says what this page is for."""
    return rx.el.p(*text, class_name="settings-note")
