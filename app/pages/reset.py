"""Asking for a new password."""

import reflex as rx

from app.gateway.pages import Audience, Page
from components.joining.forms import reset_form
from components.shell.frame import bare
from components.ui import tokens
from components.ui.kit import hard_link


def content() -> rx.Component:
    return bare(
        "A new password",
        rx.el.p("A link to set one comes by mail. Setting it signs you out everywhere.", class_name=tokens.MUTED),
        reset_form(),
        rx.el.p(hard_link("Back to sign in", href="/login", class_name=tokens.LINK), class_name="m-0"),
    )


PAGE = Page("/reset", "A new password", content, audience=Audience.guest)
