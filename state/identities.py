"""A person's identities at providers, and which they could connect."""

import reflex as rx

from app.gateway.context import actor
from app.schemas.providers import IdentityView
from app.services import identities


class IdentitiesState(rx.State):
    """`proofs` are the providers at which the person can prove again who they are."""

    identities: list[dict[str, str]] = []
    providers: list[dict[str, str]] = []
    proofs: list[dict[str, str]] = []
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        view = await identities.mine(actor())
        linked = {one.provider for one in view.identities}
        offered = [{"name": one.name, "label": one.label} for one in view.providers]
        self.identities = [_row(one) for one in view.identities]
        self.providers = offered
        self.proofs = [one for one in offered if one["name"] in linked]
        self.is_loaded = True


def _row(view: IdentityView) -> dict[str, str]:
    return {
        "id": view.id,
        "label": view.label,
        "email": view.email,
        "created_at": view.created_at.isoformat(),
        "used_at": view.last_used_at.isoformat(),
        "may_unlink": "yes" if view.may_unlink else "",
    }
