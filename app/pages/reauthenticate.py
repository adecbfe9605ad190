"""The password again, or the provider, before something that concerns the account itself."""

import reflex as rx

from app.gateway.pages import Page
from components.settings.account import proof_form, when_loaded
from components.settings.identities import proofs
from components.shell.frame import bare
from components.ui import tokens
from state.account import AccountState
from state.identities import IdentitiesState


def content() -> rx.Component:
    return bare(
        "Confirm that it is you",
        rx.el.p("Your sign-in is a while ago. After this you have ten minutes.", class_name=tokens.MUTED),
        when_loaded(rx.cond(AccountState.has_password, proof_form())),
        proofs(),
    )


PAGE = Page("/reauthenticate", "Confirm that it is you", content, on_load=[AccountState.load, IdentitiesState.load])
