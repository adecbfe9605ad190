"""Groups and custom roles: what they give, who may give it, and what the identity provider says."""

import pytest

from app.core.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from app.domain.permissions import Level, Permission
from app.schemas.members import ChangeGroup, ChangeRole, GiveRole, MakeGroup, MakeRole
from app.services import documents, groups, members, roles, spaces
from app.services.unit_of_work import reading, unit_of_work
from tests.integration.world import rows

AUDITOR = MakeRole(name="Auditor", level=Level.site, permissions={Permission.audit_read})


async def held(world, name):
    async with reading() as data:
        return (await data.standings.site(world.actor(name))).rights.permissions


@pytest.mark.req("AUTHZ-02", "OPS-02")
async def test_a_group_gives_what_it_holds_to_everybody_in_it(world):
    owner, outsider = world.actor("owner"), world.actor("outsider")
    role = await roles.make(owner, AUDITOR)
    group = await groups.make(owner, MakeGroup(name="Audit", site_role=role.key))
    await members.put_group(world.actor("maintainer"), "ENG", group.id, GiveRole(role="reviewer"))
    assert Permission.audit_read not in await held(world, "outsider")
    await groups.put(owner, group.id, outsider.user_id)
    await groups.put(owner, group.id, outsider.user_id)
    assert Permission.audit_read in await held(world, "outsider")
    assert (await spaces.view(outsider, "ENG")).roles == ("Reviewer",)
    assert [one.name for one in (await groups.view(outsider, group.id)).members] == ["Outsider Person"]
    await groups.take_out(owner, group.id, outsider.user_id)
    assert Permission.audit_read not in await held(world, "outsider")
    with pytest.raises(NotFound):
        await spaces.view(outsider, "ENG")
    with pytest.raises(NotFound):
        await groups.take_out(owner, group.id, outsider.user_id)
    told = await rows("SELECT action FROM audit_event WHERE action LIKE 'admin:group:%' ORDER BY id")
    assert [action.rpartition(":")[2] for (action,) in told] == ["made", "joined", "parted"]


async def test_a_group_is_changed_at_its_version_and_deleted_with_all_it_gave(world):
    owner = world.actor("owner")
    group = await groups.make(owner, MakeGroup(name="One", description="Text", claim="eng"))
    await members.put_group(owner, "ENG", group.id, GiveRole(role="reader"))
    changed = await groups.change(owner, group.id, 1, ChangeGroup(name="Two", claim=""))
    assert (changed.name, changed.description, changed.claim, changed.version) == ("Two", "Text", None, 2)
    with pytest.raises(AppError) as refused:
        await groups.change(owner, group.id, 1, ChangeGroup(name="Three"))
    assert refused.value.code == "REVISION_CONFLICT"
    with pytest.raises(AppError):
        await groups.delete(owner, group.id, 1)
    await groups.delete(owner, group.id, 2)
    assert await groups.find(owner) == ()
    assert (await members.view(owner, "ENG")).groups == ()
    with pytest.raises(NotFound):
        await groups.view(owner, group.id)


async def test_names_and_claims_of_groups_are_taken_once(world):
    owner = world.actor("owner")
    first = await groups.make(owner, MakeGroup(name="One", claim="eng"))
    for command in (MakeGroup(name="ONE"), MakeGroup(name="Other", claim="eng")):
        with pytest.raises(Conflict):
            await groups.make(owner, command)
    await groups.change(owner, first.id, 1, ChangeGroup(name="one", claim="eng"))
    for command in (MakeGroup(name=" "), MakeGroup(name="X", claim="a\0b"), MakeGroup(name="X", site_role="nobody")):
        with pytest.raises(Invalid):
            await groups.make(owner, command)


@pytest.mark.req("AUTHZ-02")
async def test_changing_groups_is_no_way_to_more_than_one_has(world):
    """Somebody whose custom role may change groups neither joins nor makes one that holds more."""
    owner, reader = world.actor("owner"), world.actor("reader")
    role = await roles.make(
        owner, MakeRole(name="Groups", level=Level.site, permissions={Permission.group_change, Permission.group_read})
    )
    desk = await groups.make(owner, MakeGroup(name="Desk", site_role=role.key))
    await groups.put(owner, desk.id, reader.user_id)
    admins = await groups.make(owner, MakeGroup(name="Admins", site_role="admin"))
    inside = await groups.make(owner, MakeGroup(name="Inside"))
    await members.put_group(owner, "OPS", inside.id, GiveRole(role="reader"))
    plain = await groups.make(reader, MakeGroup(name="Plain"))
    await groups.put(reader, plain.id, world.actor("author").user_id)
    for call in (
        groups.put(reader, admins.id, reader.user_id),
        groups.put(reader, inside.id, reader.user_id),
        groups.make(reader, MakeGroup(name="Mine", site_role="admin")),
        groups.change(reader, plain.id, 1, ChangeGroup(site_role="owner")),
        groups.change(reader, admins.id, 1, ChangeGroup(site_role="")),
        groups.change(reader, admins.id, 1, ChangeGroup(claim="everybody")),
        groups.delete(reader, admins.id, 1),
        groups.make(world.actor("admin"), MakeGroup(name="Owners", site_role="owner")),
    ):
        with pytest.raises(Forbidden):
            await call


@pytest.mark.req("AUTHZ-02")
async def test_a_custom_role_holds_what_its_level_can_and_what_its_maker_has(world):
    owner = world.actor("owner")
    for level, permission in ((Level.site, Permission.document_read), (Level.space, Permission.audit_read)):
        with pytest.raises(Invalid):
            await roles.make(owner, MakeRole(name="Odd", level=level, permissions={permission}))
    with pytest.raises(Invalid):
        await roles.make(owner, MakeRole(name="Odd", level=Level.document, permissions=set()))
    appoint = MakeRole(name="Kings", level=Level.site, permissions={Permission.user_appoint})
    with pytest.raises(Forbidden):
        await roles.make(world.actor("admin"), appoint)
    made = await roles.make(owner, appoint)
    with pytest.raises(Forbidden):
        await roles.change(world.actor("admin"), made.key, 1, ChangeRole(name="Mine"))
    for name in ("kings", "Maintainer"):
        with pytest.raises(Conflict):
            await roles.make(owner, MakeRole(name=name, level=Level.site, permissions=set()))


@pytest.mark.req("SESS-06")
async def test_a_changed_role_counts_for_its_holders_at_once_and_goes_when_nobody_holds_it(world):
    owner, outsider = world.actor("owner"), world.actor("outsider")
    role = await roles.make(owner, MakeRole(name="Helper", level=Level.space, permissions=set()))
    await members.put(owner, "ENG", outsider.user_id, GiveRole(role=role.key))
    assert not (await spaces.view(outsider, "ENG")).can_write
    held_now = {Permission.document_create, Permission.document_import}
    changed = await roles.change(owner, role.key, 1, ChangeRole(permissions=held_now))
    assert (changed.version, changed.holders) == (2, 1)
    assert (await spaces.view(outsider, "ENG")).can_write
    with pytest.raises(AppError, match="changed this meanwhile"):
        await roles.change(owner, role.key, 1, ChangeRole(name="Late"))
    with pytest.raises(Conflict, match="held in one place"):
        await roles.delete(owner, role.key, 2)
    await members.remove(owner, "ENG", outsider.user_id)
    await roles.delete(owner, role.key, 2)
    assert {one.key for one in await roles.find(owner)} >= {"owner", "maintainer"}
    assert not any(one.is_custom for one in await roles.find(owner))
    with pytest.raises(NotFound):
        await roles.delete(owner, role.key, 2)


@pytest.mark.req("AUTHZ-02", "OPS-02")
async def test_the_provider_puts_in_and_takes_out_what_it_speaks_of_and_nothing_else(world):
    owner, author = world.actor("owner"), world.actor("author")
    made = {
        name: (await groups.make(owner, MakeGroup(name=name, claim=claim))).id
        for name, claim in (("Eng", "eng"), ("Ops", "ops"), ("Hand", None), ("Both", "both"))
    }
    for name in ("Hand", "Both"):
        await groups.put(owner, made[name], author.user_id)

    async def said(*claims):
        async with unit_of_work() as work:
            await groups.from_claim(work, author.user_id, claims)
        return {one.name for one in await groups.find(owner) if one.people}

    assert await said("eng", "unknown", "eng") == {"Eng", "Hand", "Both"}
    assert await said("ops") == {"Ops", "Hand", "Both"}
    assert await said() == {"Hand", "Both"}
    told = await rows("SELECT count(*) FROM audit_event WHERE action IN ('admin:group:joined', 'admin:group:parted')")
    assert told == [(2 + 4,)]


@pytest.mark.req("OPS-02")
async def test_a_group_that_is_taken_out_of_a_space_gives_nothing_there_and_the_audit_says_so(world):
    owner, outsider = world.actor("owner"), world.actor("outsider")
    group = await groups.make(owner, MakeGroup(name="Audit"))
    await groups.put(owner, group.id, outsider.user_id)
    await members.put_group(owner, "ENG", group.id, GiveRole(role="reader"))
    number = await world.document()
    assert (await documents.view(outsider, number)).number == number
    await members.remove_group(owner, "ENG", group.id)
    with pytest.raises(NotFound):
        await documents.view(outsider, number)
    with pytest.raises(NotFound):
        await members.remove_group(owner, "ENG", group.id)
    assert await rows("SELECT actor_id, result FROM audit_event WHERE action = 'space:group:removed'") == [
        (owner.user_id, "ok")
    ]
