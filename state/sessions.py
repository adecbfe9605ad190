"""Where a person is signed in."""

import reflex as rx
from reflex.event import EventSpec

from app.gateway.context import actor
from app.schemas.identity import SessionView
from app.services import own_sessions
from state.frame import notice


class SessionsState(rx.State):
    rows: list[dict[str, str]] = []
    others: int = 0
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        found = await own_sessions.mine(actor())
        self.rows = [_row(one) for one in sorted(found, key=lambda one: not one.is_current)]
        self.others = sum(not one.is_current for one in found)
        self.is_loaded = True

    @rx.event
    async def end(self, session_id: str) -> EventSpec:
        await own_sessions.end(actor(), session_id)
        await self.load()
        return notice("That session has ended.")

    @rx.event
    async def end_others(self) -> EventSpec:
        ended = await own_sessions.end_others(actor())
        await self.load()
        return notice("You are signed in only here now." if ended else "You were signed in only here.")


def _row(view: SessionView) -> dict[str, str]:
    return {
        "id": view.id,
        "device": view.device,
        "kind": "program" if view.client == "api" else "",
        "address": view.address or "unknown address",
        "seen": view.last_seen_at.isoformat(),
        "began": view.created_at.isoformat(),
        "current": "yes" if view.is_current else "",
    }
