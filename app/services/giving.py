"""Giving and taking roles, wherever they are held: which role a key stands for, and whether it may be given."""

from collections.abc import Iterable

from app.core.errors import AppError, Forbidden, Invalid
from app.domain.permissions import BUILT_IN, Level, Rights, Role, SiteRole, SpaceRole, may_give
from app.repositories.standings import role_of
from app.schemas.members import RoleView
from app.services.unit_of_work import Reading
from models import CustomRole

_WORDS: dict[Level, frozenset[str]] = {Level.site: frozenset(SiteRole), Level.space: frozenset(SpaceRole)}


async def role(data: Reading, key: str, level: Level) -> Role:
    """Raises `Invalid` for what is no role of this level. A custom one is held until the end of the transaction."""
    if key in _WORDS[level]:
        return BUILT_IN[key]
    found = await data.groups.custom_role(key)
    if found is None or found.level is not level:
        raise Invalid("There is no such role.", details={"field": "role"})
    return role_of(found)


def require_may_give(rights: Rights, *roles: Role) -> None:
    """Raises `Forbidden` when one of the roles, to be given or taken away, holds more than the actor does here."""
    for one in roles:
        if not may_give(rights, one):
            raise Forbidden(f"The role {one.name} holds more than you do here. Ask somebody who holds as much.")


async def offered(data: Reading, rights: Rights, level: Level) -> tuple[RoleView, ...]:
    """The roles of this level that somebody with these rights may give, the strongest first."""
    known = [BUILT_IN[key] for key in BUILT_IN if key in _WORDS[level]]
    custom = [role_of(row) for row in await data.groups.custom_roles() if row.level is level]
    return tuple(view(one) for one in (*known, *custom) if may_give(rights, one))


def names(rows: Iterable[CustomRole]) -> dict[str, str]:
    """What each key of a role is called."""
    return {key: one.name for key, one in BUILT_IN.items()} | {row.id: row.name for row in rows}


def view(one: Role, row: CustomRole | None = None, holders: int = 0) -> RoleView:
    return RoleView(
        key=one.key,
        name=one.name,
        level=one.level,
        is_custom=one.is_custom,
        permissions=tuple(sorted(one.permissions)),
        version=row.version if row else 0,
        holders=holders,
    )


def changed_meanwhile(version: int) -> AppError:
    return AppError(
        "Somebody changed this meanwhile: nothing of yours was saved. Look at it again.",
        code="REVISION_CONFLICT",
        details={"current_revision": version},
    )
