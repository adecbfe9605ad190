"""The second step of signing in: a code of the authenticator app, a recovery code, or a passkey."""

import reflex as rx

from app.gateway.pages import Audience, Page
from components.shell.frame import bare
from components.ui import tokens
from components.ui.address_field import address_field
from components.ui.kit import button, field
from components.ui.passkey import passkey_form, step_ticket
from components.ui.post_form import post_form


def content() -> rx.Component:
    return bare(
        "One more step",
        rx.el.p("You are almost there. Type the code that your authenticator app shows.", class_name=tokens.MUTED),
        post_form(
            step_ticket(),
            field(
                "Code",
                "code",
                hint="Six digits, or one of your recovery codes.",
                auto_complete="one-time-code",
                required=True,
                auto_focus=True,
                max_length=40,
            ),
            address_field(name="next"),
            button("Sign in", kind=f"{tokens.BUTTON_PRIMARY} w-full", type="submit"),
            action="/auth/second-factor",
            label="Second step",
            class_name="stack",
        ),
        passkey_form(
            kind="sign-in",
            label="Sign in with a passkey",
            button="Use a passkey instead",
            class_name=f"{tokens.BUTTON} w-full",
        ),
        rx.el.a("Back to signing in", href="/login", class_name=tokens.LINK),
    )


PAGE = Page("/login/second", "One more step", content, audience=Audience.guest)
