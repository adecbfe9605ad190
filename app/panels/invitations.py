"""Invitations that wait to be accepted; inviting, and taking one back."""

import json

from app.domain.permissions import Permission, SiteRole
from app.schemas.identity import Actor
from app.schemas.joining import InvitationView
from app.schemas.listing import Listed, Listing, whole
from app.schemas.panels import Action, Column, Field, Input, Kind, Lookup, Panel
from app.services import invitations

_ROLES = {role.value: role.value.capitalize() for role in (SiteRole.member, SiteRole.guest, SiteRole.admin)}


async def _page(actor: Actor, _query: Listing) -> Listed[InvitationView]:
    return whole(await invitations.open_ones(actor))


def _cells(invitation: InvitationView) -> dict[str, str]:
    return {
        "id": invitation.id,
        "name": f"the invitation of {invitation.email}",
        "email": invitation.email,
        "role": invitation.role.capitalize(),
        "role_note": f"{invitation.space_role} in {invitation.space}" if invitation.space else "",
        "inviter": invitation.inviter,
        "made": invitation.created_at.isoformat(),
        "until": invitation.expires_at.isoformat(),
        "may": "withdraw",
        "more": json.dumps({"Id": invitation.id}),
    }


PANEL = Panel(
    address="invitations",
    title="Invitations",
    about="The link is mailed and shown once. It ends with its acceptance, when you withdraw it, or by itself.",
    icon="user-plus",
    place=15,
    permission=Permission.user_invite,
    sort="",
    query=Listing,
    page=_page,
    cells=_cells,
    columns=(
        Column("email", "Address"),
        Column("role", "As"),
        Column("inviter", "Invited by"),
        Column("made", "Made", Kind.time, spare=True),
        Column("until", "Good until", Kind.time),
    ),
    actions=(
        Action(
            "withdraw",
            "Withdraw",
            "DELETE /api/v1/invitations/{id}",
            done="The link is worth nothing any more.",
            confirm="The link will not work any more: {name}.",
            grave=True,
        ),
    ),
    makes=(
        Action(
            "invite",
            "Invite somebody",
            "POST /api/v1/invitations",
            fields=(
                Field("email", "E-mail address", Input.email),
                Field("role", "Role on the site", Input.choice, _ROLES),
                Field(
                    "space",
                    "Into the space",
                    Input.lookup,
                    lookup=Lookup("/api/v1/site/spaces?limit=100&state=used", "key", "name"),
                    required=False,
                ),
                Field(
                    "space_role",
                    "Role in that space",
                    Input.lookup,
                    lookup=Lookup("/api/v1/roles", "key", "name", {"level": "space"}),
                    required=False,
                ),
            ),
            shows=True,
        ),
    ),
    nothing="Nobody is invited at the moment.",
)
