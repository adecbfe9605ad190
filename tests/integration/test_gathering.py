"""What somebody holds on the site, in a space, on a document, as the query for the thing gathers it."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.core import clock
from app.core.settings import settings
from app.domain.permissions import BUILT_IN, NOBODY, SITE, Level, SiteRole, SpaceRole, Visibility
from app.repositories import standings
from app.repositories.scope import asker
from app.schemas.identity import Viewer
from app.services.unit_of_work import reading
from models import Document, Space
from tests.integration.world import GROUP, OTHERS, change, link

STRANGER = Viewer()


async def standing(viewer, key):
    """As the query that finds the text gathers it."""
    statement = (
        select(Document, Space, *standings.on_document(asker(viewer)))
        .join(Space, col(Space.id) == col(Document.space_id))
        .where(col(Space.key) == key)
    )
    async with reading() as data:
        session = data.standings._session
        row = (await session.execute(statement)).one()
        return await data.standings.document(viewer, row[0], row[1], row[2:])


@pytest.mark.req("AUTHZ-02")
async def test_a_standing_is_of_this_person_in_this_space_on_this_text(people):
    await change("INSERT INTO space_group SELECT id, :g, 'author' FROM space WHERE key = 'ENG'", g=GROUP)
    await change("INSERT INTO space_group SELECT id, :g, 'reviewer' FROM space WHERE key = 'ENG'", g=OTHERS)
    await change("INSERT INTO space_group SELECT id, :g, 'gone' FROM space WHERE key = 'PUB'", g=GROUP)
    await change(
        "INSERT INTO document_member SELECT document.id, :who, 'reviewer' FROM document "
        "JOIN space ON space.id = space_id WHERE key = 'PEO'",
        who=people.actor("guest").user_id,
    )
    guest, outsider = people.actor("guest"), people.actor("outsider")
    found = await standing(guest, "ENG")
    assert (found.site.role, found.visibility, found.roles) == (
        SiteRole.guest, Visibility.private, (BUILT_IN["author"],),
    )  # fmt: skip
    assert (found.is_archived, found.invited, found.is_owner, found.has_link) == (False, None, False, False)
    assert set((await standing(outsider, "ENG")).roles) == {BUILT_IN["author"], BUILT_IN["reviewer"]}
    assert (await standing(guest, "PUB")).roles == ()
    invited = await standing(guest, "PEO")
    assert (invited.roles, invited.invited, invited.visibility) == ((), SpaceRole.reviewer, Visibility.instance)
    assert (await standing(outsider, "PEO")).invited is None, "somebody else is invited"
    await change("INSERT INTO space_group SELECT id, :g, 'reviewer' FROM space WHERE key = 'PEO'", g=GROUP)
    assert (await standing(guest, "PEO")).roles == (BUILT_IN["reviewer"],), "an invitation is no role in the space"
    owner = await standing(people.actor("owner"), "ENG")
    assert (owner.roles, owner.is_owner, owner.invited) == ((BUILT_IN["maintainer"],), True, None)
    other = await standing(people.actor("owner"), "OPS")
    assert (other.roles, other.is_owner) == ((), False)
    nobody = await standing(STRANGER, "ENG")
    assert (nobody.site, nobody.roles, nobody.invited, nobody.is_owner, nobody.has_link) == (
        NOBODY, (), None, False, False,
    )  # fmt: skip


@pytest.mark.req("AUTHZ-02")
async def test_a_link_an_archived_space_and_a_closed_site_are_seen_in_the_standing(texts, monkeypatch):
    await link("a" * 64)
    await change("UPDATE space SET archived_at = created_at WHERE key = 'ENG'")
    for viewer in (STRANGER, texts.actor("guest")):
        holder = viewer.model_copy(update={"links": frozenset({"a" * 64})})
        found = await standing(holder, "ENG")
        assert (found.has_link, found.is_archived) == (True, True)
        other = await standing(holder, "PUB")
        assert (other.has_link, other.is_archived, other.visibility) == (False, False, Visibility.public)
    monkeypatch.setenv("PLUMBLINE_PUBLIC_SHARING", "false")
    settings.cache_clear()
    assert (await standing(STRANGER, "PUB")).visibility is Visibility.private
    assert (await standing(STRANGER, "PEO")).visibility is Visibility.instance
    assert (await standing(texts.actor("guest"), "PUB")).visibility is Visibility.public
    assert not (await standing(holder, "ENG")).has_link


@pytest.mark.req("AUTHZ-02")
async def test_on_the_site_groups_add_what_is_of_the_site(people):
    await change("UPDATE user_group SET site_role = 'admin' WHERE id = :g", g=OTHERS)
    await change("UPDATE user_group SET site_role = 'reader' WHERE id = :g", g=GROUP)

    async def on_site(name):
        async with reading() as data:
            return await data.standings.site(people.actor(name))

    assert (await on_site("guest")).groups == ()
    outsider = await on_site("outsider")
    assert (outsider.role, outsider.groups) == (SiteRole.member, (BUILT_IN["admin"],))
    assert outsider.rights.permissions == SITE[SiteRole.admin]
    assert (await standing(people.actor("outsider"), "PUB")).site == outsider
    await change("UPDATE user_group SET site_role = 'gone'")
    assert (await on_site("outsider")).groups == ()
    for barred in ("disabled_at = created_at", "can_sign_in = false"):
        await change(f'UPDATE "user" SET {barred} WHERE id = :who', who=people.actor("outsider").user_id)
        assert await on_site("outsider") == NOBODY
        assert (await on_site("guest")).role is SiteRole.guest
        await change('UPDATE "user" SET disabled_at = NULL, can_sign_in = true')
    async with reading() as data:
        assert await data.standings.site(STRANGER) == NOBODY


async def test_custom_roles_are_asked_for_once_and_carry_what_is_known(texts, monkeypatch):
    for key, level in (("c" * 32, "space"), ("d" * 32, "site")):
        held = '["member:add", "no:such"]' if level == "space" else '["audit:read"]'
        await change(
            "INSERT INTO custom_role (id, name, level, permissions, version, created_at) "
            f"VALUES (:id, :name, :level, '{held}', 1, :at)",
            id=key, name=f"Of the {level}", level=level, at=clock.now(),
        )  # fmt: skip
    async with reading() as data:
        found = await data.standings.roles("reader", "c" * 32, "d" * 32, "e" * 32)
        assert list(found) == ["reader", "c" * 32, "d" * 32]
        role = found["c" * 32]
        assert (role.key, role.name, role.level, role.is_custom) == ("c" * 32, "Of the space", Level.space, True)
        assert role.permissions == BUILT_IN["reader"].permissions | {"member:add"}
        assert found["d" * 32].permissions == {"audit:read"}
        assert found["reader"] is BUILT_IN["reader"]

        async def never(*_):
            raise AssertionError("asked the database for roles that everybody has")

        monkeypatch.setattr(data.standings._session, "scalars", never)
        assert await data.standings.roles("reader", "owner") == {
            "reader": BUILT_IN["reader"],
            "owner": BUILT_IN["owner"],
        }
        assert await data.standings.roles() == {}
