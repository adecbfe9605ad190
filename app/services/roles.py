"""Roles: those that every installation has, and those that this one made. Holding them is `members` and `groups`."""

from app.core.errors import Conflict, Invalid
from app.domain.permissions import BUILT_IN, Level, Permission, Rights, Role, custom
from app.repositories.standings import role_of
from app.schemas.identity import Actor
from app.schemas.members import ChangeRole, MakeRole, RoleView
from app.services import authorize, giving, once, spaces
from app.services.access_events import CustomRoleChanged, CustomRoleDeleted, CustomRoleMade
from app.services.unit_of_work import UnitOfWork, reading, unit_of_work
from models import CustomRole


async def find(actor: Actor) -> tuple[RoleView, ...]:
    """All of them with what they hold: those of the site, those of spaces, those made here."""
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.role_read)
        made = [
            giving.view(role_of(row), row, await data.groups.holders(row.id))
            for row in await data.groups.custom_roles()
        ]
    return (*(giving.view(role) for role in BUILT_IN.values()), *made)


async def make(actor: Actor, command: MakeRole, key: str = "") -> RoleView:
    async with unit_of_work() as work:
        rights = await authorize.require_on_site(work, actor, Permission.role_change)
        attempt = await once.begin(work, actor, key, command)
        if attempt.answered is not None:
            return RoleView.model_validate(attempt.answered)
        name = spaces.accept_name(command.name)
        row = CustomRole(name=name, level=command.level, permissions=sorted(command.permissions))
        role = _judged(row.id, name, command.level, command.permissions, rights)
        await _refuse_taken(work, name, row.id)
        await work.groups.add(row)
        facts = {"level": row.level, "permissions": row.permissions}
        work.record(CustomRoleMade(actor_id=actor.user_id, object_id=row.id, details=facts))
        return await attempt.end(giving.view(role, row))


async def change(actor: Actor, role_id: str, version: int, command: ChangeRole) -> RoleView:
    """Counts for everybody who holds it with the next thing they do. Raises REVISION_CONFLICT when it was changed since
    `version`.
    """
    async with unit_of_work() as work:
        rights = await authorize.require_on_site(work, actor, Permission.role_change)
        row = await _get(work, role_id)
        giving.require_may_give(rights, role_of(row))
        name = row.name if command.name is None else spaces.accept_name(command.name)
        held = role_of(row).permissions if command.permissions is None else command.permissions
        role = _judged(row.id, name, row.level, held, rights)
        await _refuse_taken(work, name, row.id)
        if not await work.groups.change(CustomRole, row.id, version, name=name, permissions=sorted(held)):
            raise giving.changed_meanwhile(row.version)
        facts = {"permissions": sorted(held), "was": row.permissions}
        work.record(CustomRoleChanged(actor_id=actor.user_id, object_id=row.id, details=facts))
        holders = await work.groups.holders(row.id)
    return giving.view(role, row, holders).model_copy(update={"version": version + 1})


async def delete(actor: Actor, role_id: str, version: int) -> None:
    """Raises `Conflict` while somebody holds it."""
    async with unit_of_work() as work:
        await authorize.require_on_site(work, actor, Permission.role_change)
        row = await _get(work, role_id)
        if row.version != version:
            raise giving.changed_meanwhile(row.version)
        holders = await work.groups.holders(row.id)
        if holders:
            places = "one place" if holders == 1 else f"{holders} places"
            raise Conflict(f"This role is held in {places}: give those another role first.")
        await work.groups.delete_role(row)
        work.record(CustomRoleDeleted(actor_id=actor.user_id, object_id=row.id))


def _judged(key: str, name: str, level: Level, permissions: frozenset[Permission], rights: Rights) -> Role:
    """Nobody makes a role that they could not give. Raises `Invalid` for a permission of another level."""
    if level is Level.document:
        raise Invalid("A role is for the site or for spaces.", details={"field": "level"})
    try:
        role = custom(key, name, level, permissions)
    except ValueError:
        raise Invalid(
            "A role for the site holds permissions of the site, a role for spaces all others.",
            details={"field": "permissions"},
        ) from None
    giving.require_may_give(rights, role)
    return role


async def _get(work: UnitOfWork, role_id: str) -> CustomRole:
    row = await work.groups.custom_role(role_id)
    if row is None:
        raise authorize.absent("role")
    return row


async def _refuse_taken(work: UnitOfWork, name: str, role_id: str) -> None:
    if name.lower() in BUILT_IN or await work.groups.is_taken(CustomRole, name, role_id):
        raise Conflict("Another role has this name.", details={"field": "name"})
