"""Roles: those that every installation has, and those that this one made of permissions."""

import json

from app.domain.permissions import Level, Permission
from app.schemas.identity import Actor
from app.schemas.listing import Listed, Listing, whole
from app.schemas.members import RoleView
from app.schemas.panels import Action, Column, Field, Input, Kind, Panel
from app.services import roles

_PATH = "/api/v1/roles/{id}"
_FOR = {Level.site.value: "The site", Level.space.value: "A space"}
_PERMISSIONS = Field(
    "permissions",
    "It may",
    Input.choices,
    {one.value: f"{one.words} ({one.value})" for level in Level for one in Permission if one.level is level},
    hint="A role for the site holds permissions of the site, a role for spaces all others. A space is always read.",
)


async def _page(actor: Actor, _query: Listing) -> Listed[RoleView]:
    return whole(await roles.find(actor))


def _cells(role: RoleView) -> dict[str, str]:
    return {
        "id": role.key,
        "name": f"the role {role.name}",
        "role": role.name,
        "level": _FOR[role.level.value],
        "kind": "Made here" if role.is_custom else "Built in",
        "kind_tone": "plan" if role.is_custom else "unknown",
        "permissions": str(len(role.permissions)),
        "holders": str(role.holders) if role.is_custom else "",
        "etag": f'"{role.version}"',
        "now_name": role.name,
        "now_permissions": " ".join(role.permissions),
        "may": "change delete" if role.is_custom else "",
        "more": json.dumps({"It may": ", ".join(one.value for one in role.permissions) or "nothing"}),
    }


PANEL = Panel(
    address="roles",
    title="Roles",
    about="Nobody makes or gives a role that holds more than their own. A change counts at once.",
    icon="badge-check",
    place=30,
    permission=Permission.role_change,
    sort="",
    query=Listing,
    page=_page,
    cells=_cells,
    columns=(
        Column("role", "Role"),
        Column("level", "For"),
        Column("kind", "Kind", Kind.badge),
        Column("permissions", "Permissions", Kind.number),
        Column("holders", "Held in", Kind.number),
    ),
    actions=(
        Action(
            "change",
            "Change",
            f"PATCH {_PATH}",
            fields=(Field("name", "Name"), _PERMISSIONS),
            done="The role is changed.",
        ),
        Action(
            "delete",
            "Delete",
            f"DELETE {_PATH}",
            done="The role is gone.",
            confirm="Nobody can be given it any more: {name}.",
            grave=True,
        ),
    ),
    makes=(
        Action(
            "make",
            "New role",
            "POST /api/v1/roles",
            fields=(Field("name", "Name"), Field("level", "For", Input.choice, _FOR), _PERMISSIONS),
            done="The role is made.",
        ),
    ),
)
