"""One-time codes of an app beside the password."""

import reflex as rx

from app.gateway.pages import Page
from components.settings.frame import note, settings_frame
from components.ui.second_factor import second_factor
from state.frame import FrameState


def content() -> rx.Component:
    return settings_frame(
        "Second factor",
        note("With it, a stolen password is not enough: signing in asks for a code of your phone as well."),
        second_factor(),
    )


PAGE = Page("/settings/second-factor", "Second factor", content, on_load=[FrameState.load])
