"""Groups: people who hold roles together. Who is in one is said here, or by the identity provider at sign-in."""

from collections.abc import Iterable

from app.core.errors import Conflict, Invalid
from app.domain.permissions import Level, Permission, Rights
from app.schemas.identity import Actor
from app.schemas.members import ChangeGroup, GroupView, GroupWithPeople, MakeGroup, PersonInGroup
from app.services import authorize, giving, once, people, spaces, upkeep, views
from app.services.access_events import GroupChanged, GroupDeleted, GroupJoined, GroupMade, GroupParted
from app.services.unit_of_work import Reading, UnitOfWork, reading, unit_of_work
from models import UserGroup


async def find(actor: Actor) -> tuple[GroupView, ...]:
    """All of them, by name."""
    async with reading() as data:
        rights = await authorize.require_on_site(data, actor, Permission.group_read)
        return tuple(_view(group, count, rights) for group, count in await data.groups.all())


async def view(actor: Actor, group_id: str) -> GroupWithPeople:
    async with reading() as data:
        rights = await authorize.require_on_site(data, actor, Permission.group_read)
        return await _whole(data, await _get(data, group_id), rights)


async def make(actor: Actor, command: MakeGroup, key: str = "") -> GroupWithPeople:
    async with unit_of_work() as work:
        rights = await authorize.require_on_site(work, actor, Permission.group_change)
        attempt = await once.begin(work, actor, key, command)
        if attempt.answered is not None:
            return GroupWithPeople.model_validate(attempt.answered)
        group = UserGroup(
            name=spaces.accept_name(command.name),
            description=spaces.accept_description(command.description),
            site_role=await _site_role(work, rights, command.site_role, None),
            claim=_claim(command.claim),
        )
        await _refuse_taken(work, group)
        await work.groups.add(group)
        facts = {"site_role": group.site_role, "by_claim": group.claim is not None}
        work.record(GroupMade(actor_id=actor.user_id, object_id=group.id, details=facts))
        return await attempt.end(await _whole(work, group, rights))


async def change(actor: Actor, group_id: str, version: int, command: ChangeGroup) -> GroupWithPeople:
    """Raises REVISION_CONFLICT when it was changed since `version`."""
    async with unit_of_work() as work:
        rights = await authorize.require_on_site(work, actor, Permission.group_change)
        group = await _get(work, group_id)
        was, claim = group.site_role, group.claim if command.claim is None else _claim(command.claim)
        wanted = UserGroup(
            id=group.id,
            name=group.name if command.name is None else spaces.accept_name(command.name),
            description=_described(group, command),
            site_role=await _site_role(work, rights, was if command.site_role is None else command.site_role, was),
            claim=claim,
            version=version + 1,
        )
        if claim != group.claim:
            await _require_may_admit(work, actor, rights, group)
        await _refuse_taken(work, wanted)
        values = wanted.model_dump(include={"name", "description", "site_role", "claim"})
        if not await work.groups.change(UserGroup, group.id, version, **values):
            raise giving.changed_meanwhile(group.version)
        facts = {"fields": sorted(command.model_dump(exclude_none=True)), "site_role": wanted.site_role, "was": was}
        work.record(GroupChanged(actor_id=actor.user_id, object_id=group.id, details=facts))
        return await _whole(work, wanted, rights)


async def delete(actor: Actor, group_id: str, version: int) -> None:
    """Everybody in it loses what they held through it. Raises `Conflict` when that leaves a space to nobody."""
    async with unit_of_work() as work:
        rights = await authorize.require_on_site(work, actor, Permission.group_change)
        group = await _get(work, group_id)
        if group.version != version:
            raise giving.changed_meanwhile(group.version)
        await _require_may_admit(work, actor, rights, group)
        async with upkeep.maintained(work, await work.groups.maintained_by(group_id=group.id)):
            await work.groups.delete(group)
        work.record(GroupDeleted(actor_id=actor.user_id, object_id=group.id))


async def put(actor: Actor, group_id: str, user_id: str) -> None:
    """Into the group, with all that it holds; doing it twice is no error."""
    async with unit_of_work() as work:
        rights = await authorize.require_on_site(work, actor, Permission.group_change)
        group = await _get(work, group_id)
        await _require_may_admit(work, actor, rights, group)
        user = await people.somebody(work, user_id)
        if user.id not in {one.id for one, _ in await work.groups.people(group.id)}:
            await work.groups.put(group.id, user.id)
            facts = {"user_id": user.id, "by": "person"}
            work.record(GroupJoined(actor_id=actor.user_id, object_id=group.id, details=facts))


async def take_out(actor: Actor, group_id: str, user_id: str) -> None:
    """Raises `Conflict` when that leaves a space without anybody who maintains it."""
    async with unit_of_work() as work:
        rights = await authorize.require_on_site(work, actor, Permission.group_change)
        group = await _get(work, group_id)
        await _require_may_admit(work, actor, rights, group)
        async with upkeep.maintained(work, await work.groups.maintained_by(group_id=group.id)):
            if not await work.groups.take_out(group.id, user_id):
                raise authorize.absent("person in this group")
        facts = {"user_id": user_id, "by": "person"}
        work.record(GroupParted(actor_id=actor.user_id, object_id=group.id, details=facts))


async def from_claim(work: UnitOfWork, user_id: str, claims: Iterable[str]) -> None:
    """For signing in through a provider, inside its unit of work: in the groups that stand for these claims, out of
    those that a claim put the person in and that stand for none of them now. Groups without a claim are left alone.
    What the provider says counts, even when a space is left to those who look after spaces of others.
    """
    wanted = {group.id: group for group in await work.groups.named(claims)}
    now = {group.id: by_claim for group, by_claim in await work.groups.of(user_id)}
    for group_id in wanted.keys() - now.keys():
        await work.groups.put(group_id, user_id, by_claim=True)
        facts = {"user_id": user_id, "by": "claim"}
        work.record(GroupJoined(actor_id=user_id, object_id=group_id, details=facts))
    for group_id in (one for one, by_claim in now.items() if by_claim and one not in wanted):
        await work.groups.take_out(group_id, user_id)
        facts = {"user_id": user_id, "by": "claim"}
        work.record(GroupParted(actor_id=user_id, object_id=group_id, details=facts))


async def _get(data: Reading, group_id: str) -> UserGroup:
    group = await data.groups.get(group_id)
    if group is None:
        raise authorize.absent("group")
    return group


def _described(group: UserGroup, command: ChangeGroup) -> str:
    return group.description if command.description is None else spaces.accept_description(command.description)


async def _site_role(work: UnitOfWork, rights: Rights, wanted: str | None, was: str | None) -> str | None:
    """Both the role that the group gets and the one it had must be the actor's to give."""
    if wanted == was:
        return was
    new = await giving.role(work, wanted, Level.site) if wanted else None
    old = (await work.standings.roles(was)).values() if was else ()
    giving.require_may_give(rights, *old, *([new] if new else []))
    return new.key if new else None


async def _require_may_admit(work: UnitOfWork, actor: Actor, rights: Rights, group: UserGroup) -> None:
    """Letting somebody in gives them what the group holds: its role on the site, its roles in spaces."""
    if group.site_role:
        giving.require_may_give(rights, *(await work.standings.roles(group.site_role)).values())
    if await work.groups.spaces_of(group.id):
        authorize.require(actor, Permission.space_oversee, rights)


async def _refuse_taken(work: UnitOfWork, group: UserGroup) -> None:
    if await work.groups.is_taken(UserGroup, group.name, group.id):
        raise Conflict("Another group has this name.", details={"field": "name"})
    if group.claim and await work.groups.claim_is_taken(group.claim, group.id):
        raise Conflict("Another group stands for this claim.", details={"field": "claim"})


def _claim(value: str | None) -> str | None:
    claim = (value or "").strip()
    if not claim.isprintable():
        raise Invalid("A claim has visible characters only.", details={"field": "claim"})
    return claim or None


async def _whole(data: Reading, group: UserGroup, rights: Rights) -> GroupWithPeople:
    found = await data.groups.people(group.id)
    members = tuple(
        PersonInGroup(user_id=user.id, name=user.name, initials=views.initials(user.name), by_claim=by_claim)
        for user, by_claim in found
    )
    return GroupWithPeople(**_view(group, len(members), rights).model_dump(), members=members)


def _view(group: UserGroup, count: int, rights: Rights) -> GroupView:
    return GroupView(
        id=group.id,
        name=group.name,
        description=group.description,
        site_role=group.site_role,
        claim=group.claim if Permission.group_change in rights else None,
        people=count,
        version=group.version,
    )
