"""The page of the link that confirms an address and makes its account."""

import reflex as rx

from app.gateway.pages import Audience, Page
from components.joining.forms import finish_sign_up_form
from components.joining.link import opened_link
from components.shell.frame import bare


def content() -> rx.Component:
    return bare(
        "Make an account",
        opened_link(finish_sign_up_form(), kind="sign_up", again="/sign-up", words="Ask for another"),
    )


PAGE = Page("/sign-up/finish", "Make an account", content, audience=Audience.anyone)
