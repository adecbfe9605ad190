"""Who is in a space, as what: seeing, adding, changing, taking out, leaving."""

from typing import Any

from app.core.errors import Conflict
from app.domain.permissions import Level, Permission, Role
from app.repositories.spaces import SeenSpace
from app.schemas.identity import Actor
from app.schemas.members import GiveRole, GroupMemberView, MembersView, MemberView
from app.services import authorize, giving, people, spaces, upkeep, views
from app.services.access_events import MemberLeft, MemberPut, MemberRemoved, SpaceGroupPut, SpaceGroupRemoved
from app.services.unit_of_work import Reading, UnitOfWork, reading, unit_of_work
from models import User


async def view(actor: Actor, key: str) -> MembersView:
    async with reading() as data:
        seen = await spaces.find(data, actor, key, Permission.member_read)
        return await _view(data, actor, seen)


async def put(actor: Actor, key: str, user_id: str, command: GiveRole) -> MemberView:
    """Adds somebody, or gives them another role instead of the one they have."""
    async with unit_of_work() as work:
        seen = await spaces.find(work, actor, key, Permission.member_read)
        old = await work.members.role(seen.space.id, user_id)
        authorize.require(actor, Permission.member_change if old else Permission.member_add, seen.rights)
        user = await people.somebody(work, user_id)
        await admit(work, actor, seen, user, command.role)
        found = await _view(work, actor, seen)
    return next(one for one in found.people if one.user_id == user_id)


async def admit(work: UnitOfWork, actor: Actor, seen: SeenSpace, user: User, role: str) -> None:
    """For services, inside their unit of work, the permission checked: the role, as far as the actor may give it."""
    old = await work.members.role(seen.space.id, user.id)
    new = await giving.role(work, role, Level.space)
    giving.require_may_give(seen.rights, new, *await _as_roles(work, old))
    async with upkeep.maintained(work, [seen.space.id]):
        await work.members.put(seen.space.id, user.id, new.key)
    facts = {"user_id": user.id, "role": new.key, "was": old}
    work.record(MemberPut(actor_id=actor.user_id, object_id=seen.space.id, details=facts))


async def remove(actor: Actor, key: str, user_id: str) -> None:
    """Raises `Conflict` when nobody would maintain the space any more."""
    async with unit_of_work() as work:
        seen = await spaces.find(work, actor, key, Permission.member_remove)
        old = await work.members.role(seen.space.id, user_id)
        if old is None:
            raise authorize.absent("person in this space")
        giving.require_may_give(seen.rights, *await _as_roles(work, old))
        async with upkeep.maintained(work, [seen.space.id]):
            await work.members.remove(seen.space.id, user_id)
        facts = {"user_id": user_id, "was": old}
        work.record(MemberRemoved(actor_id=actor.user_id, object_id=seen.space.id, details=facts))


async def leave(actor: Actor, key: str) -> None:
    """One's own role is given up. Raises `Conflict` for the last maintainer, and for who is there through a group."""
    authorize.require_scope(actor, Permission.member_remove)
    async with unit_of_work() as work:
        seen = await spaces.find(work, actor, key)
        old = await work.members.role(seen.space.id, actor.user_id)
        if old is None:
            raise Conflict("You hold no role of your own in this space: what you see of it comes from elsewhere.")
        async with upkeep.maintained(work, [seen.space.id]):
            await work.members.remove(seen.space.id, actor.user_id)
        facts = {"was": old}
        work.record(MemberLeft(actor_id=actor.user_id, object_id=seen.space.id, details=facts))


async def put_group(actor: Actor, key: str, group_id: str, command: GiveRole) -> None:
    """Everybody in the group holds the role from now on, and whoever comes into it."""
    async with unit_of_work() as work:
        seen = await spaces.find(work, actor, key, Permission.member_read)
        old = await work.members.group_role(seen.space.id, group_id)
        authorize.require(actor, Permission.member_change if old else Permission.member_add, seen.rights)
        if await work.groups.get(group_id) is None:
            raise authorize.absent("group")
        new = await giving.role(work, command.role, Level.space)
        giving.require_may_give(seen.rights, new, *await _as_roles(work, old))
        async with upkeep.maintained(work, [seen.space.id]):
            await work.members.put_group(seen.space.id, group_id, new.key)
        facts = {"group_id": group_id, "role": new.key, "was": old}
        work.record(SpaceGroupPut(actor_id=actor.user_id, object_id=seen.space.id, details=facts))


async def remove_group(actor: Actor, key: str, group_id: str) -> None:
    async with unit_of_work() as work:
        seen = await spaces.find(work, actor, key, Permission.member_remove)
        old = await work.members.group_role(seen.space.id, group_id)
        if old is None:
            raise authorize.absent("group in this space")
        giving.require_may_give(seen.rights, *await _as_roles(work, old))
        async with upkeep.maintained(work, [seen.space.id]):
            await work.members.remove_group(seen.space.id, group_id)
        facts = {"group_id": group_id, "was": old}
        work.record(SpaceGroupRemoved(actor_id=actor.user_id, object_id=seen.space.id, details=facts))


async def _as_roles(data: Reading, key: str | None) -> tuple[Role, ...]:
    """The role behind a stored key; of one that is gone there is nothing to ask."""
    return tuple((await data.standings.roles(key)).values()) if key else ()


async def _view(data: Reading, actor: Actor, seen: SeenSpace) -> MembersView:
    called = giving.names(await data.groups.custom_roles())
    offered = await giving.offered(data, seen.rights, Level.space)
    given = {role.key for role in offered}

    def common(role: str) -> dict[str, Any]:
        """A role that is gone may be changed and taken away by whoever may change roles at all."""
        is_mine = role in given or role not in called
        return {
            "role": role,
            "role_name": called.get(role, "A role that is gone"),
            "may_change": is_mine and Permission.member_change in seen.rights,
            "may_remove": is_mine and Permission.member_remove in seen.rights,
        }

    people = tuple(
        MemberView(
            user_id=user.id,
            name=user.name,
            initials=views.initials(user.name),
            is_me=user.id == actor.user_id,
            **common(role),
        )
        for user, role in await data.members.people(seen.space.id)
    )
    groups = tuple(
        GroupMemberView(group_id=group.id, name=group.name, people=count, **common(role))
        for group, role, count in await data.members.groups(seen.space.id)
    )
    may_any = {Permission.member_add, Permission.member_change} & seen.rights.permissions
    return MembersView(people=people, groups=groups, roles=offered if may_any else ())
