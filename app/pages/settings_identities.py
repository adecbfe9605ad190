"""Identities at providers: connect one, disconnect one."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.pages import Page, Slot, Slots
from app.schemas.identity import Actor
from app.services import troubles
from components.settings.frame import note, settings_frame
from components.settings.identities import identities
from components.ui.served import slot
from state.frame import FrameState
from state.identities import IdentitiesState


def content() -> rx.Component:
    return settings_frame(
        "Connected identities",
        note("Sign in with an account that you have elsewhere. Connecting one signs you out everywhere but here."),
        slot(name="trouble", element="p", class_name="hint trouble"),
        identities(),
    )


async def fill(_actor: Actor, words: Mapping[str, str]) -> Slots:
    """What came of the last visit to a provider, if it was nothing."""
    return {"trouble": Slot(troubles.told(words))}


PAGE = Page(
    "/settings/identities",
    "Connected identities",
    content,
    on_load=[FrameState.load, IdentitiesState.load],
    fill=fill,
)
