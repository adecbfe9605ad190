"""Who is in a space as what, and what can be changed of it."""

from collections.abc import Mapping

import reflex as rx

from app.domain.permissions import Permission
from app.gateway.pages import Page, Slots
from app.gateway.served import space_slots
from app.schemas.identity import Actor
from app.services import spaces
from components.shell.frame import frame
from components.space.head import or_missing, space_head
from components.space.settings import space_settings
from state.frame import FrameState
from state.space_settings import SpaceSettingsState


def content() -> rx.Component:
    head = space_head(SpaceSettingsState.space, "settings")
    return frame(or_missing(SpaceSettingsState.missing, head, space_settings()), section="spaces")


async def fill(actor: Actor, parameters: Mapping[str, str]) -> Slots:
    return space_slots(await spaces.view(actor, parameters["key"], Permission.member_read))


PAGE = Page(
    "/s/[key]/settings",
    "Space settings",
    content,
    on_load=[FrameState.load, SpaceSettingsState.load],
    fill=fill,
)
