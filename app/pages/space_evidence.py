"""What a team's own tools say of what a space designs."""

from collections.abc import Mapping

import reflex as rx

from app.domain.permissions import Permission
from app.gateway.pages import Page, Slots
from app.gateway.served import space_slots
from app.schemas.identity import Actor
from app.services import spaces
from components.shell.frame import frame
from components.space.evidence import space_evidence
from components.space.head import or_missing, space_head
from state.evidence import EvidenceState
from state.frame import FrameState


def content() -> rx.Component:
    head = space_head(EvidenceState.head, "evidence")
    return frame(or_missing(EvidenceState.missing, head, space_evidence()), section="spaces")


async def fill(actor: Actor, parameters: Mapping[str, str]) -> Slots:
    return space_slots(await spaces.view(actor, parameters["key"], Permission.evidence_read))


PAGE = Page(
    "/s/[key]/evidence",
    "Evidence",
    content,
    on_load=[FrameState.load, EvidenceState.load],
    fill=fill,
)
