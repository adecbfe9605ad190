"""A person's tokens for programs. A token itself never comes here: the form that makes it shows it."""

import reflex as rx
from reflex.event import EventSpec

from app.gateway.context import actor
from app.schemas.identity import PersonalTokenView
from app.services import personal_tokens
from state import words
from state.frame import notice


class TokensState(rx.State):
    rows: list[dict[str, str]] = []
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        self.rows = [_row(one) for one in await personal_tokens.mine(actor())]
        self.is_loaded = True

    @rx.event
    async def revoke(self, token_id: str) -> EventSpec:
        await personal_tokens.revoke(actor(), token_id)
        await self.load()
        return notice("The token is revoked: programs that use it are refused from now on.")


def _row(view: PersonalTokenView) -> dict[str, str]:
    return {
        "id": view.id,
        "name": view.name,
        "scopes": ", ".join(view.scopes),
        "used": view.last_used_at.isoformat() if view.last_used_at else "",
        "expires": words.date(view.expires_at),
    }
