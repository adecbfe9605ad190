"""The passkeys that a person has."""

import reflex as rx

from app.gateway.context import actor
from app.services import passkeys


class PasskeysState(rx.State):
    passkeys: list[dict[str, str]] = []
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        found = await passkeys.mine(actor())
        self.passkeys = [
            {
                "id": one.id,
                "name": one.name,
                "created_at": one.created_at.isoformat(),
                "used_at": one.last_used_at.isoformat() if one.last_used_at else "",
            }
            for one in found
        ]
        self.is_loaded = True
