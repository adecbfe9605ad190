"""Permissions by who holds them, as a table: for `docs/permissions.md` and the page that shows it. Every column is
judged as it is at run time.
"""

from app.domain.permissions.permission import Level, Permission
from app.domain.permissions.roles import BUILT_IN, INVITED, Role, SiteRole, SpaceRole, Visibility
from app.domain.permissions.standing import NOBODY, Rights, SiteStanding, Standing

Columns = dict[str, Rights]

_MEMBER, _GUEST = SiteStanding(SiteRole.member), SiteStanding(SiteRole.guest)
_ADMIN = SiteStanding(SiteRole.admin)
_PRIVATE, _INSTANCE, _PUBLIC = Visibility.private, Visibility.instance, Visibility.public


def columns(level: Level) -> Columns:
    """Who can hold permissions of this level, and what each may do."""
    if level is Level.site:
        return {role.value: SiteStanding(role).rights for role in SiteRole} | {"nobody": NOBODY.rights}
    if level is Level.space:
        return {name: standing.in_space() for name, standing in _in_space().items()}
    return {name: standing.on_document() for name, standing in _on_document().items()}


def permissions(level: Level) -> tuple[Permission, ...]:
    return tuple(permission for permission in Permission if permission.level is level)


def _role(role: SpaceRole) -> tuple[Role, ...]:
    return (BUILT_IN[role],)


def _in_space() -> dict[str, Standing]:
    maintains = _role(SpaceRole.maintainer)
    held = {role.value: Standing(_MEMBER, _PRIVATE, _role(role)) for role in SpaceRole}
    return held | {
        "maintainer, archived": Standing(_MEMBER, _PRIVATE, maintains, is_archived=True),
        "admin without a role in it": Standing(_ADMIN, _PRIVATE),
        "member, space open to the site": Standing(_MEMBER, _INSTANCE),
        "guest, space open to the site": Standing(_GUEST, _INSTANCE),
        "anybody, space public": Standing(NOBODY, _PUBLIC),
        "nobody": Standing(NOBODY, _PRIVATE),
    }


def _on_document() -> dict[str, Standing]:
    reads, maintains = _role(SpaceRole.reader), _role(SpaceRole.maintainer)
    held = {role.value: Standing(_MEMBER, _PRIVATE, _role(role)) for role in SpaceRole}
    return (
        held
        | {f"invited {role.value}": Standing(_GUEST, _PRIVATE, invited=role) for role in INVITED}
        | {
            "maintainer, archived": Standing(_MEMBER, _PRIVATE, maintains, is_archived=True),
            "owner who reads the space": Standing(_MEMBER, _PRIVATE, reads, is_owner=True),
            "owner without a role": Standing(_MEMBER, _PUBLIC, is_owner=True),
            "admin without a role": Standing(_ADMIN, _PRIVATE),
            "whoever has a link": Standing(NOBODY, _PRIVATE, has_link=True),
            "anybody, space public": Standing(NOBODY, _PUBLIC),
            "nobody": Standing(NOBODY, _PRIVATE),
        }
    )
