"""Signing in without a password."""

import reflex as rx

from app.gateway.pages import Page
from components.settings.factors import add_form, passkey_list
from components.settings.frame import note, settings_frame
from components.ui.kit import skeleton_rows
from state.frame import FrameState
from state.passkeys import PasskeysState


def content() -> rx.Component:
    return settings_frame(
        "Passkeys",
        note("A passkey lets you in by your device's own lock, without a password. It cannot be phished."),
        rx.cond(PasskeysState.is_loaded, passkey_list(), skeleton_rows(1)),
        add_form(),
    )


PAGE = Page("/settings/passkeys", "Passkeys", content, on_load=[FrameState.load, PasskeysState.load])
