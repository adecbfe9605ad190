"""Which role holds which permission."""

import json

from app.domain.permissions import Level, Permission, SiteRole, SpaceRole
from app.schemas.matrix import FindPermissions, PermissionView
from app.schemas.panels import Column, Filter, Kind, Panel
from app.services import matrix

_ROLES = (*SiteRole, *SpaceRole)
_ABOUT = {Level.site: "The site", Level.space: "A space", Level.document: "A document"}


def _cells(view: PermissionView) -> dict[str, str]:
    others = [name for name in view.holders if name not in set(_ROLES)]
    return {
        "id": view.permission.value,
        "name": view.permission.value,
        "permission": view.permission.value,
        "permission_note": view.words[0].upper() + view.words[1:],
        **{role.value: "yes" if role.value in view.holders else "" for role in _ROLES},
        "more": json.dumps({"About": _ABOUT[view.level], "Held besides by": ", ".join(others) or "nobody"}),
    }


PANEL = Panel(
    address="permissions",
    title="Permissions",
    about="What each role may do, as it is judged at every request. Roles of a space count in that space alone.",
    icon="grid-3x3",
    place=35,
    permission=Permission.role_change,
    sort="",
    query=FindPermissions,
    page=matrix.find,
    cells=_cells,
    columns=(
        Column("permission", "Permission", Kind.code),
        *(Column(role.value, role.value.capitalize(), Kind.mark) for role in _ROLES),
    ),
    filters=(
        Filter("level", "About", {level.value: words for level, words in _ABOUT.items()}),
        Filter("holder", "Held by", {role.value: role.value.capitalize() for role in _ROLES}),
    ),
    nothing="No permission matches.",
)
