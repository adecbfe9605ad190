"""Spaces and their people: who may change what, what stays maintained, what an archived space still allows."""

import pytest

from app.core.errors import AppError, Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from app.core.settings import settings
from app.domain.permissions import Permission, SpaceRole, Visibility
from app.schemas.identity import Viewer
from app.schemas.members import GiveRole, MakeRole
from app.schemas.spaces import ChangeSpace, CreateSpace
from app.services import documents, members, roles, spaces
from tests.integration.world import change, rows


def give(role):
    return GiveRole(role=role)


async def roles_in(world, key="ENG"):
    found = await members.view(world.actor("owner"), key)
    return {one.name.split()[0].lower(): one.role for one in found.people}


@pytest.mark.req("OPS-02")
async def test_a_space_is_described_opened_and_closed(world):
    maintainer = world.actor("maintainer")
    made = await spaces.view(maintainer, "ENG")
    assert (made.version, made.visibility, made.description) == (1, "private", "")
    changed = await spaces.change(
        maintainer, "ENG", 1, ChangeSpace(name=" Design  and build ", description="Ours.\r\nAll of it.")
    )
    assert (changed.name, changed.description, changed.version) == ("Design and build", "Ours.\nAll of it.", 2)
    opened = await spaces.change(maintainer, "ENG", 2, ChangeSpace(visibility=Visibility.instance))
    assert (opened.visibility, opened.name) == ("instance", "Design and build")
    assert "ENG" in {one.key for one in await spaces.list_for(world.actor("outsider"))}
    assert "ENG" not in {one.key for one in await spaces.list_for(world.actor("guest"))}
    told = await rows("SELECT details FROM audit_event WHERE action = 'space:space:changed' ORDER BY id")
    assert len(told) == 2


@pytest.mark.req("CONC-01")
async def test_who_changes_a_space_on_a_stale_version_is_told(world):
    maintainer = world.actor("maintainer")
    await spaces.change(maintainer, "ENG", 1, ChangeSpace(name="First"))
    with pytest.raises(AppError, match="Somebody changed this meanwhile") as refused:
        await spaces.change(world.actor("owner"), "ENG", 1, ChangeSpace(name="Second"))
    assert (refused.value.status, refused.value.details) == (412, {"current_revision": 2})
    assert (await spaces.view(maintainer, "ENG")).name == "First"


@pytest.mark.parametrize("changed", [{"name": " "}, {"name": "a\0b"}, {"name": "x" * 121}, {"description": "a\0"},
                                     {"description": "x" * 1001}])  # fmt: skip
async def test_what_cannot_be_shown_is_refused(world, changed):
    with pytest.raises(Invalid):
        await spaces.change(world.actor("maintainer"), "ENG", 1, ChangeSpace(**changed))


async def test_nothing_becomes_public_where_that_is_switched_off(world, monkeypatch):
    number = await world.document()
    maintainer = world.actor("maintainer")
    await spaces.change(maintainer, "ENG", 1, ChangeSpace(visibility=Visibility.public))
    view = await documents.view(Viewer(), number)
    monkeypatch.setenv("PLUMBLINE_PUBLIC_SHARING", "false")
    settings.cache_clear()
    for call in (documents.view(Viewer(), number), documents.content(Viewer(), view.content_digest),
                 spaces.view(Viewer(), "ENG"), documents.page_of(Viewer(), "ENG")):  # fmt: skip
        with pytest.raises(Unauthenticated):
            await call
    assert await documents.view(world.actor("outsider"), number)
    another = CreateSpace(key="PUB", name="P", visibility=Visibility.public)
    for call in (
        spaces.change(maintainer, "ENG", 2, ChangeSpace(visibility=Visibility.public)),
        spaces.create(world.actor("owner"), another),
    ):
        with pytest.raises(Forbidden, match="switched off"):
            await call


@pytest.mark.req("AUTHZ-02")
async def test_the_documents_of_a_public_space_are_listed_for_anybody(world):
    number = await world.document()
    await world.document("# Elsewhere\n", by="outsider")
    with pytest.raises(Unauthenticated):
        await documents.page_of(Viewer(), "ENG")
    await spaces.change(world.actor("maintainer"), "ENG", 1, ChangeSpace(visibility=Visibility.public))
    page = await documents.page_of(Viewer(), "ENG")
    assert ([row.number for row in page.items], page.total) == ([number], 1)
    view = await spaces.view(Viewer(), "ENG")
    assert set(view.permissions) == {"space:read", "document:read", "revision:read"}
    assert not view.can_write


@pytest.mark.req("AUTHZ-02")
async def test_an_archived_space_is_read_and_not_written_until_it_is_reopened(world):
    number, maintainer = await world.document(), world.actor("maintainer")
    archived = await spaces.archive(maintainer, "ENG")
    assert archived.is_archived
    assert await documents.text(world.actor("reader"), number)
    for call in (
        world.save(number, 1, "# Changed\n"),
        world.document("# New\n"),
        spaces.change(maintainer, "ENG", archived.version, ChangeSpace(name="N")),
        members.put(maintainer, "ENG", world.actor("outsider").user_id, give("reader")),
    ):
        with pytest.raises(Forbidden, match="archived"):
            await call
    await members.remove(maintainer, "ENG", world.actor("reader").user_id)
    with pytest.raises(Conflict):
        await spaces.archive(maintainer, "ENG")
    await spaces.reopen(maintainer, "ENG")
    with pytest.raises(Conflict):
        await spaces.reopen(maintainer, "ENG")
    assert (await world.save(number, 1, "# Changed\n")).number == 2


@pytest.mark.req("AUTHZ-02", "OPS-02")
async def test_people_are_added_changed_and_taken_out(world):
    maintainer, outsider = world.actor("maintainer"), world.actor("outsider")
    made = await members.put(maintainer, "ENG", outsider.user_id, give("reviewer"))
    assert (made.role, made.role_name, made.is_me, made.may_change) == ("reviewer", "Reviewer", False, True)
    assert (await roles_in(world))["outsider"] == "reviewer"
    await members.put(maintainer, "ENG", outsider.user_id, give("author"))
    assert (await spaces.view(outsider, "ENG")).roles == ("Author",)
    await members.remove(maintainer, "ENG", outsider.user_id)
    with pytest.raises(NotFound):
        await spaces.view(outsider, "ENG")
    with pytest.raises(NotFound):
        await members.remove(maintainer, "ENG", outsider.user_id)
    told = await rows("SELECT action FROM audit_event WHERE action LIKE 'space:member:%' ORDER BY id")
    assert [action for (action,) in told] == ["space:member:put", "space:member:put", "space:member:removed"]


async def test_only_who_may_sign_in_is_added_and_only_with_a_role_that_there_is(world):
    maintainer, outsider = world.actor("maintainer"), world.actor("outsider").user_id
    for key in ("owner", "admin", "nothing", "0" * 32):
        with pytest.raises(Invalid):
            await members.put(maintainer, "ENG", outsider, give(key))
    with pytest.raises(NotFound):
        await members.put(maintainer, "ENG", "0" * 32, give("reader"))
    await change("""UPDATE "user" SET disabled_at = created_at WHERE id = :who""", who=outsider)
    with pytest.raises(NotFound):
        await members.put(maintainer, "ENG", outsider, give("reader"))


async def test_a_space_keeps_somebody_who_maintains_it(world):
    owner, maintainer = world.actor("owner"), world.actor("maintainer")
    await members.remove(owner, "ENG", maintainer.user_id)
    for call in (members.leave(owner, "ENG"), members.remove(owner, "ENG", owner.user_id),
                 members.put(owner, "ENG", owner.user_id, give("author"))):  # fmt: skip
        with pytest.raises(Conflict, match="maintain"):
            await call
    assert (await roles_in(world))["owner"] == "maintainer"
    await members.put(owner, "ENG", world.actor("author").user_id, give("maintainer"))
    await members.leave(owner, "ENG")
    assert "owner" not in await roles_in(world)


async def test_who_leaves_is_out_and_who_holds_no_role_has_nothing_to_leave(world):
    reader = world.actor("reader")
    await members.leave(reader, "ENG")
    with pytest.raises(NotFound):
        await spaces.view(reader, "ENG")
    with pytest.raises(NotFound):
        await members.leave(reader, "ENG")
    await change("UPDATE space SET visibility = 'instance'")
    with pytest.raises(Conflict, match="no role of your own"):
        await members.leave(reader, "ENG")


@pytest.mark.req("AUTHZ-02")
async def test_nobody_gives_or_takes_a_role_that_holds_more_than_theirs(world):
    """A custom role that may change roles is no way to become a maintainer."""
    held = frozenset({Permission.member_add, Permission.member_change, Permission.member_remove})
    changer = await roles.make(world.actor("owner"), MakeRole(name="People", level="space", permissions=held))
    reviewer, reader = world.actor("reviewer"), world.actor("reader").user_id
    await members.put(world.actor("maintainer"), "ENG", reviewer.user_id, give(changer.key))
    assert {role.key for role in (await members.view(reviewer, "ENG")).roles} == {"reviewer", "reader", changer.key}
    for who, role in ((reviewer.user_id, "maintainer"), (reader, "author"), (world.actor("author").user_id, "reader")):
        with pytest.raises(Forbidden, match="holds more than you do"):
            await members.put(reviewer, "ENG", who, give(role))
    with pytest.raises(Forbidden):
        await members.remove(reviewer, "ENG", world.actor("maintainer").user_id)
    await members.put(reviewer, "ENG", reader, give(changer.key))
    view = {one.user_id: one.may_change for one in (await members.view(reviewer, "ENG")).people}
    assert view[reader]
    assert not view[world.actor("maintainer").user_id]


@pytest.mark.req("AUTHZ-02")
async def test_an_admin_gives_a_space_a_maintainer_and_reads_nothing_of_it(world):
    number, admin = await world.document(), world.actor("admin")
    await change("DELETE FROM space_member WHERE role = 'maintainer'")
    await members.put(admin, "ENG", world.actor("author").user_id, give("maintainer"))
    assert (await spaces.view(admin, "ENG")).roles == ()
    with pytest.raises(NotFound):
        await documents.view(admin, number)
    await members.put(admin, "ENG", admin.user_id, give(SpaceRole.reader))
    assert await documents.view(admin, number)
    told = await rows("SELECT actor_id FROM audit_event WHERE action = 'space:member:put'")
    assert {actor for (actor,) in told} == {admin.user_id}
