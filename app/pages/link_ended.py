"""A share link that leads nowhere any more."""

import reflex as rx

from app.gateway.pages import Audience, Page
from components.shell.frame import bare
from components.ui import tokens


def content() -> rx.Component:
    return bare(
        "This link has ended",
        rx.el.p("It has expired or was taken back. Ask whoever sent it to you for a new one."),
        rx.el.a("Sign in", href="/login", class_name=tokens.BUTTON),
    )


PAGE = Page("/link-ended", "This link has ended", content, audience=Audience.anyone)
