"""A new password, with the current one."""

import reflex as rx

from app.gateway.pages import Page
from components.settings.account import first_password_form, password_form, when_loaded
from components.settings.frame import note, settings_frame
from state.account import AccountState
from state.frame import FrameState


def content() -> rx.Component:
    return settings_frame(
        "Password",
        note("A new password signs you out everywhere but here."),
        when_loaded(rx.cond(AccountState.has_password, password_form(), first_password_form())),
    )


PAGE = Page("/settings/password", "Password", content, on_load=[FrameState.load, AccountState.load])
