"""What a person sees of their own account."""

import reflex as rx

from app.gateway.context import actor
from app.services import profiles


class AccountState(rx.State):
    name: str = ""
    email: str = ""
    has_password: bool = False
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        view = await profiles.mine(actor())
        self.name, self.email, self.has_password = view.name, view.email, view.has_password
        self.is_loaded = True
