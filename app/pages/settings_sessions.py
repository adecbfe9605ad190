"""Where one is signed in, and ending that."""

import reflex as rx

from app.gateway.pages import Page
from components.settings.frame import note, settings_frame
from components.settings.sessions import session_list
from state.frame import FrameState
from state.sessions import SessionsState


def content() -> rx.Component:
    return settings_frame(
        "Sessions",
        note("Where you are signed in. A session that you end is over at once, wherever it is open."),
        session_list(),
    )


PAGE = Page("/settings/sessions", "Sessions", content, on_load=[FrameState.load, SessionsState.load])
