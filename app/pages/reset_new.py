"""The page of the link that sets a new password."""

import reflex as rx

from app.gateway.pages import Audience, Page
from components.joining.forms import set_password_form
from components.joining.link import opened_link
from components.shell.frame import bare


def content() -> rx.Component:
    return bare(
        "Set a new password",
        opened_link(set_password_form(), kind="reset", again="/reset", words="Ask for another"),
    )


PAGE = Page("/reset/new", "Set a new password", content, audience=Audience.anyone)
