"""One's own name and address."""

import reflex as rx

from app.gateway.pages import Page
from components.settings.account import address_form, name_form, when_loaded
from components.settings.frame import settings_frame
from state.account import AccountState
from state.frame import FrameState


def content() -> rx.Component:
    return settings_frame(
        "Profile",
        when_loaded(name_form(), rx.el.h3("E-mail address", class_name="settings-part"), address_form()),
    )


PAGE = Page("/settings/profile", "Profile", content, on_load=[FrameState.load, AccountState.load])
