"""Every way to hold something, on both databases: it lets in, lists the document, and is gone with the next call."""

from datetime import timedelta

import pytest

from app.core import clock, ids
from app.core.errors import Forbidden, NotFound, Unauthenticated
from app.domain.permissions import Permission
from app.schemas.identity import Viewer
from app.services import documents, revisions, shell, spaces
from app.services.unit_of_work import reading
from state.document import DocumentState
from tests.integration.api.handling import Window
from tests.integration.world import change, rows

GROUP, ROLE = "g" * 32, "c" * 32


async def group(site_role=None):
    await change(
        "INSERT INTO user_group (id, name, description, site_role, version, created_at) "
        "VALUES (:id, 'Group', '', :role, 1, :at)",
        id=GROUP, role=site_role, at=clock.now(),
    )  # fmt: skip


async def into_group(who):
    await change("INSERT INTO group_member VALUES (:g, :who, :f)", g=GROUP, who=who, f=False)


async def custom_role(level, permissions):
    await change(
        "INSERT INTO custom_role (id, name, level, permissions, version, created_at) "
        f"VALUES (:id, 'Custom', :level, '{permissions}', 1, :at)",
        id=ROLE, level=level, at=clock.now(),
    )  # fmt: skip


async def by_role(who, role="reader"):
    await change("INSERT INTO space_member SELECT id, :who, :role FROM space WHERE key = 'ENG'", who=who, role=role)
    return "DELETE FROM space_member WHERE user_id = :who"


async def by_custom_role(who):
    await custom_role("space", '["member:add"]')
    return await by_role(who, ROLE)


async def by_group(who):
    await group()
    await into_group(who)
    await change("INSERT INTO space_group SELECT id, :g, 'reader' FROM space WHERE key = 'ENG'", g=GROUP)
    return "DELETE FROM group_member WHERE user_id = :who"


async def by_group_in_the_space(who):
    await by_group(who)
    return f"DELETE FROM space_group WHERE :who = :who AND group_id = '{GROUP}'"


async def by_invitation(who):
    await change("INSERT INTO document_member SELECT id, :who, 'reader' FROM document", who=who)
    return "DELETE FROM document_member WHERE user_id = :who"


async def by_visibility(who):
    await change("UPDATE space SET visibility = 'instance' WHERE key = 'ENG'")
    return "UPDATE space SET visibility = 'private' WHERE :who = :who"


async def by_being_no_guest(who):
    await by_visibility(who)
    return """UPDATE "user" SET role = 'guest' WHERE id = :who"""


WAYS = [by_role, by_custom_role, by_group, by_group_in_the_space, by_invitation, by_visibility, by_being_no_guest]


@pytest.mark.req("AUTHZ-02", "SESS-06")
@pytest.mark.parametrize("way", WAYS)
async def test_it_lets_in_and_counts_no_more_with_the_next_call(world, way):
    number = await world.document()
    await world.save(number, 1, "# A title\n\nOther text.\n")
    actor = world.actor("outsider")
    with pytest.raises(NotFound):
        await documents.view(actor, number)
    taken_away = await way(actor.user_id)
    view = await documents.view(actor, number)
    assert not view.can_write
    assert "Other text" in await documents.content(actor, view.content_digest)
    assert len((await revisions.history(actor, number)).items) == 2
    assert [row.number for row in (await documents.page(actor)).items] == [number]
    with pytest.raises(Forbidden):
        await world.save(number, 2, "# Mine\n", by="outsider")
    await change(taken_away, who=actor.user_id)
    for call in (documents.view(actor, number), documents.content(actor, view.content_digest),
                 revisions.history(actor, number), world.save(number, 2, "# Mine\n", by="outsider")):  # fmt: skip
        with pytest.raises(NotFound):
            await call
    assert (await documents.page(actor)).items == ()


@pytest.mark.req("AUTHZ-06", "SESS-06")
@pytest.mark.parametrize("way", [by_role, by_group, by_visibility])
async def test_it_counts_no_more_with_the_next_event_of_an_open_window(world, way):
    number, actor = await world.document(), world.actor("outsider")
    taken_away = await way(actor.user_id)
    window = Window(actor.session_id, "/d/[number]", number=number)
    load = f"{DocumentState.get_full_name()}.load"
    assert (await window.send(load)).word == "runs"
    await change(taken_away, who=actor.user_id)
    outcome = await window.send(load)
    assert outcome.word == "NOT_FOUND"
    assert "A title" not in str(outcome.shown)


@pytest.mark.req("AUTHZ-02")
async def test_a_public_space_is_read_by_anybody_and_by_nobody_when_it_is_closed(world):
    number, anybody = await world.document(), Viewer()
    for call in (documents.view, documents.text):
        with pytest.raises(Unauthenticated):
            await call(anybody, number)
    await change("UPDATE space SET visibility = 'public' WHERE key = 'ENG'")
    view = await documents.view(anybody, number)
    assert not view.can_write
    assert await documents.content(anybody, view.content_digest)
    for name in ("guest", "outsider"):
        assert await documents.view(world.actor(name), number) == view
    with pytest.raises(Unauthenticated):
        await documents.page(anybody)
    await change("UPDATE space SET visibility = 'private' WHERE key = 'ENG'")
    with pytest.raises(Unauthenticated):
        await documents.content(anybody, view.content_digest)


@pytest.mark.req("AUTHZ-02", "IDOR-02")
async def test_a_link_shows_the_newest_text_of_one_document_until_it_ends(world, set_clock):
    number, other = await world.document(), await world.document("# Another\n")
    await world.save(number, 1, "# A title\n\nOther text.\n")
    ((document,),) = await rows("SELECT id FROM document WHERE number = 1")
    at = clock.now()
    await change(
        "INSERT INTO share_link VALUES (:id, :document, :digest, :who, :at, :until, NULL)",
        id=ids.new_id(), document=document, digest="d" * 64, who=world.actor("author").user_id,
        at=at, until=at + timedelta(days=1),
    )  # fmt: skip
    holder, stranger = Viewer(links=frozenset({"d" * 64})), Viewer(links=frozenset({"e" * 64}))
    person = world.actor("outsider").model_copy(update={"links": holder.links})
    for viewer in (holder, person):
        assert "Other text" in await documents.text(viewer, number)
        assert await documents.content(viewer, (await documents.view(viewer, number)).content_digest)
    for call in (documents.text(holder, number, 1), documents.view(holder, other), documents.view(stranger, number),
                 revisions.history(holder, number)):  # fmt: skip
        with pytest.raises(Unauthenticated):
            await call
    with pytest.raises(Forbidden):
        await revisions.history(person, number)
    set_clock.advance(days=1)
    with pytest.raises(Unauthenticated):
        await documents.view(holder, number)
    with pytest.raises(NotFound):
        await documents.view(person, number)


@pytest.mark.req("AUTHZ-02")
async def test_site_roles_add_up_and_end_with_the_account(world):
    async def held(name):
        async with reading() as data:
            return (await data.standings.site(world.actor(name))).rights.permissions

    member = await held("author")
    assert Permission.audit_read not in member
    await custom_role("site", '["audit:read", "no:such"]')
    await group(ROLE)
    await into_group(world.actor("author").user_id)
    assert await held("author") == member | {Permission.audit_read}
    await change("DELETE FROM group_member")
    assert await held("author") == member
    assert Permission.user_appoint in await held("owner")
    await change("""UPDATE "user" SET disabled_at = created_at""")
    assert await held("owner") == frozenset()


async def test_roles_are_named_in_the_list_of_spaces_and_in_the_frame(world):
    who = world.actor("outsider").user_id
    await custom_role("space", '["member:add"]')
    await by_role(who, ROLE)
    await group()
    await into_group(who)
    await change("INSERT INTO space_group SELECT id, :g, 'author' FROM space WHERE key = 'ENG'", g=GROUP)
    space = next(one for one in await spaces.list_for(world.actor("outsider")) if one.key == "ENG")
    assert space.roles == ("Custom", "Author")
    assert {"member:add", "document:import"} <= set(space.permissions)
    assert space.can_write
    assert {one.key for one in (await shell.nav(world.actor("outsider"))).spaces} == {"ENG", "OPS"}
