"""Nothing is at this address."""

import reflex as rx

from app.gateway.pages import Audience, Page
from components.shell.frame import bare
from components.ui import tokens
from components.ui.served import slot


def content() -> rx.Component:
    return bare(
        "There is nothing at this address",
        rx.el.p("The link may be old, or you may not be allowed to see what it leads to.", class_name=tokens.MUTED),
        rx.el.p("Request ", slot(name="request-id", class_name=tokens.NUMBER), class_name=tokens.HINT),
        rx.el.a("Go to the documents", href="/documents", class_name=tokens.BUTTON),
    )


PAGE = Page("404", "Not found", content, audience=Audience.anyone)
