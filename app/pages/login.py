"""Sign in with address and password."""

import reflex as rx

from app.gateway.pages import Access, Page
from components.shell.frame import bare
from components.ui import tokens
from components.ui.address_field import address_field
from components.ui.kit import button, field
from components.ui.post_form import post_form


def content() -> rx.Component:
    return bare(
        "Sign in",
        post_form(
            field("E-mail address", "email", type="email", auto_complete="username", required=True, auto_focus=True),
            field("Password", "password", type="password", auto_complete="current-password", required=True),
            address_field(name="next"),
            button("Sign in", kind=f"{tokens.BUTTON_PRIMARY} w-full", type="submit"),
            action="/auth/sign-in",
            label="Sign in",
            class_name="stack",
        ),
    )


PAGE = Page("/login", "Sign in", content, access=Access.guest)
