"""Tokens for one's own programs."""

import reflex as rx

from app.gateway.pages import Page
from components.settings.frame import note, settings_frame
from components.settings.tokens import token_form, token_list
from components.ui import tokens
from state.frame import FrameState
from state.tokens import TokensState


def content() -> rx.Component:
    return settings_frame(
        "Tokens",
        note("For programs, such as a pipeline. A token does no more than you may, and never touches your account."),
        token_list(),
        rx.el.h3("New token", class_name="settings-part"),
        rx.el.div(token_form(), class_name=f"{tokens.CARD} p-4"),
    )


PAGE = Page("/settings/tokens", "Tokens", content, on_load=[FrameState.load, TokensState.load])
