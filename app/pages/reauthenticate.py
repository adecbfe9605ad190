"""The password again, before something that concerns the account itself."""

import reflex as rx

from app.gateway.pages import Page
from components.settings.account import proof_form, when_loaded
from components.shell.frame import bare
from components.ui import tokens
from state.account import AccountState


def content() -> rx.Component:
    return bare(
        "Confirm that it is you",
        rx.el.p("Your sign-in is a while ago. After this you have ten minutes.", class_name=tokens.MUTED),
        when_loaded(proof_form()),
    )


PAGE = Page("/reauthenticate", "Confirm that it is you", content, on_load=[AccountState.load])
