"""First run: the one-time link from the terminal makes the owner's account."""

import reflex as rx

from app.gateway.pages import Audience, Page
from components.shell.frame import bare
from components.ui import tokens
from components.ui.address_field import address_field
from components.ui.kit import button, choice, field
from components.ui.post_form import post_form


def content() -> rx.Component:
    return bare(
        "Set up Plumbline",
        rx.el.p("This makes the owner's account. The link works once.", class_name=tokens.MUTED),
        post_form(
            address_field(name="token"),
            field("Your name", "name", required=True, max_length=100, auto_complete="name", auto_focus=True),
            field("E-mail address", "email", type="email", required=True, auto_complete="username"),
            field(
                "Password",
                "password",
                hint="At least 8 characters; any characters count.",
                type="password",
                required=True,
                min_length=8,
                auto_complete="new-password",
            ),
            rx.el.fieldset(
                rx.el.legend("Begin with", class_name=tokens.LABEL),
                choice("start", "sample", "The sample space", "Three documents to look around in.", checked=True),
                choice("start", "empty", "An empty space", "Nothing but your own documents.", checked=False),
                class_name="border-0 p-0 m-0",
            ),
            button("Make the account", kind=f"{tokens.BUTTON_PRIMARY} w-full", type="submit"),
            action="/auth/setup",
            label="Set up",
            class_name="stack",
        ),
    )


PAGE = Page("/setup", "Set up", content, audience=Audience.guest)
