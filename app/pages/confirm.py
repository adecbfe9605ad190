"""Proving again that it is you, before what concerns the account itself; then back to where one was."""

import reflex as rx

from app.gateway.pages import Page
from components.shell.frame import bare
from components.ui import tokens
from components.ui.address_field import address_field
from components.ui.kit import button, field
from components.ui.post_form import post_form


def content() -> rx.Component:
    return bare(
        "Confirm that it is you",
        rx.el.p("Your sign-in is a while ago. After this you have ten minutes.", class_name=tokens.MUTED),
        post_form(
            field("Password", "password", type="password", auto_complete="current-password", required=True),
            address_field(name="next"),
            button("Confirm", kind=f"{tokens.BUTTON_PRIMARY} w-full", type="submit"),
            action="/auth/confirm",
            label="Confirm",
            class_name="stack",
        ),
    )


PAGE = Page("/confirm", "Confirm that it is you", content)
