"""A space: what it is for, who is in it, its documents."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.pages import Audience, Page, Slots
from app.gateway.served import space_slots
from app.schemas.identity import Viewer
from app.services import spaces
from components.shell.frame import frame
from components.space.head import or_missing, space_head
from components.space.overview import space_overview
from state.frame import FrameState
from state.space import SpaceState


def content() -> rx.Component:
    page = or_missing(SpaceState.missing, space_head(SpaceState.head, "documents"), space_overview())
    return frame(page, section="spaces")


async def fill(viewer: Viewer, parameters: Mapping[str, str]) -> Slots:
    return space_slots(await spaces.view(viewer, parameters["key"]))


PAGE = Page(
    "/s/[key]", "Space", content, on_load=[FrameState.load, SpaceState.load], audience=Audience.reader, fill=fill
)
