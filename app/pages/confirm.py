"""The page of the link that confirms the new address of an account."""

import reflex as rx

from app.gateway.pages import Audience, Page
from components.joining.forms import confirm_address_form
from components.joining.link import opened_link
from components.shell.frame import bare


def content() -> rx.Component:
    return bare(
        "Confirm your address",
        opened_link(confirm_address_form(), kind="address", again="/settings/profile", words="Ask for another"),
    )


PAGE = Page("/confirm", "Confirm your address", content, audience=Audience.anyone)
