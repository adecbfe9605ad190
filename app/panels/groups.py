"""Groups: people who hold roles together."""

import json

from app.domain.permissions import Permission
from app.schemas.identity import Actor
from app.schemas.listing import Listed, Listing, whole
from app.schemas.members import GroupView
from app.schemas.panels import Action, Column, Field, Input, Kind, Lookup, Panel
from app.services import groups

_PATH = "/api/v1/groups/{id}"
_FIELDS = (
    Field("name", "Name"),
    Field("description", "What it is for", Input.area, required=False, keeps=True),
    Field(
        "site_role",
        "Role on the site",
        Input.lookup,
        lookup=Lookup("/api/v1/roles", "key", "name", {"level": "site"}),
        required=False,
        keeps=True,
    ),
    Field(
        "claim",
        "Claim of the identity provider",
        required=False,
        keeps=True,
        hint="Whoever signs in with this among their groups is put in, and taken out without it.",
    ),
)


async def _page(actor: Actor, _query: Listing) -> Listed[GroupView]:
    return whole(await groups.find(actor))


def _cells(group: GroupView) -> dict[str, str]:
    return {
        "id": group.id,
        "name": f"the group {group.name}",
        "group": group.name,
        "group_note": group.description,
        "people": str(group.people),
        "role": (group.site_role or "").capitalize() if len(group.site_role or "") < 32 else "A custom one",
        "claim": group.claim or "",
        "etag": f'"{group.version}"',
        "now_name": group.name,
        "now_description": group.description,
        "now_site_role": group.site_role or "",
        "now_claim": group.claim or "",
        "may": "people add take-out change delete",
        "more": json.dumps({"Id": group.id, "Version": str(group.version)}),
    }


PANEL = Panel(
    address="groups",
    title="Groups",
    about="Everybody in a group holds what it holds: a role on the site, and roles in the spaces that it is in.",
    icon="users-round",
    place=25,
    permission=Permission.group_change,
    sort="",
    query=Listing,
    page=_page,
    cells=_cells,
    columns=(
        Column("group", "Group"),
        Column("people", "People", Kind.number),
        Column("role", "Role on the site"),
        Column("claim", "Claim", Kind.code, spare=True),
    ),
    actions=(
        Action("people", "People", f"GET {_PATH}", shows=True),
        Action(
            "add",
            "Add somebody",
            f"PUT {_PATH}/members/{{user_id}}",
            fields=(Field("user_id", "Person", Input.person),),
            done="They are in the group.",
        ),
        Action(
            "take-out",
            "Take somebody out",
            f"DELETE {_PATH}/members/{{user_id}}",
            fields=(Field("user_id", "Person", Input.person),),
            done="They are out of the group.",
        ),
        Action("change", "Change", f"PATCH {_PATH}", fields=_FIELDS, done="The group is changed."),
        Action(
            "delete",
            "Delete",
            f"DELETE {_PATH}",
            done="The group is gone.",
            confirm="Everybody in it loses what they held through it: {name}.",
            grave=True,
        ),
    ),
    makes=(Action("make", "New group", "POST /api/v1/groups", fields=_FIELDS, done="The group is made."),),
    nothing="There is no group yet.",
)
