"""What a viewer may read, as the database answers it: each way to a text alone, in every form that queries carry."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlmodel import col

from app.core import clock, db
from app.core.settings import settings
from app.domain.permissions import BUILT_IN, NOBODY, SITE, Level, SiteRole, SpaceRole, Visibility
from app.repositories import standings
from app.repositories.scope import (
    asker,
    is_readable_by,
    is_space_of,
    linked_to,
    parameters,
    readable_by,
    values,
)
from app.schemas.identity import Viewer
from app.schemas.imports import ImportFile, ImportTexts
from app.services import imports, spaces
from app.services.unit_of_work import reading, unit_of_work
from models import Document, ShareLink, Space
from tests.integration.world import change, rows

GROUP, OTHERS = "g" * 32, "h" * 32
STRANGER = Viewer()


@pytest.fixture
async def texts(world):
    """A text each in a private space, one of all people of the site, a public one, and one of somebody else."""
    owner = world.actor("owner")
    async with unit_of_work() as work:
        for key in ("PEO", "PUB"):
            await spaces.add(work, key, key.title(), owner.user_id)
    await change("UPDATE space SET visibility = 'instance' WHERE key = 'PEO'")
    await change("UPDATE space SET visibility = 'public' WHERE key = 'PUB'")
    for key in ("ENG", "PEO", "PUB"):
        file = ImportFile(name=f"{key}.md", data=f"# Of {key}\n".encode())
        await imports.run(owner, ImportTexts(space_key=key, files=(file,)))
    await world.document("# Of OPS\n", by="outsider")
    return world


@pytest.fixture
async def people(texts):
    """Two groups: the guest is in the first, the outsider in both."""
    for group in (GROUP, OTHERS):
        await change(
            "INSERT INTO user_group (id, name, description, version, created_at) VALUES (:id, :id, '', 1, :at)",
            id=group, at=clock.now(),
        )  # fmt: skip
    for group, name in ((GROUP, "guest"), (GROUP, "outsider"), (OTHERS, "outsider")):
        await change("INSERT INTO group_member VALUES (:g, :who, :f)", g=group, who=texts.actor(name).user_id, f=False)
    return texts


async def link(digest, key="ENG", *, life=timedelta(days=1), revoked=None):
    """Stored as the product stores it: a time compares to the last moment."""
    of_text = select(col(Document.id), col(Document.owner_id)).join(Space, col(Space.id) == col(Document.space_id))
    async with db.engine(write=True).begin() as connection:
        document, owner = (await connection.execute(of_text.where(col(Space.key) == key))).one()
        made = {"document_id": document, "digest": digest, "made_by": owner, "revoked_at": revoked}
        await connection.execute(insert(ShareLink).values(**made, expires_at=clock.now() + life))


async def keys(statement, given=None):
    async with db.engine().connect() as connection:
        return set((await connection.scalars(statement, given)).all())


async def read(viewer):
    """The spaces whose texts this viewer reads: by values, in the order of a list, by a statement made before."""
    of_texts = select(col(Space.key)).join(Document, col(Document.space_id) == col(Space.id))
    who, prepared = asker(viewer), parameters(is_somebody=bool(viewer.user_id), has_links=bool(viewer.links))
    found = await keys(of_texts.where(readable_by(who)))
    assert await keys(of_texts.where(readable_by(who, in_order=True))) == found
    assert await keys(of_texts.where(readable_by(prepared)), values(viewer)) == found
    return found


async def seen(viewer):
    return await keys(select(col(Space.key)).where(is_readable_by(asker(viewer))))


async def own(viewer):
    return await keys(select(col(Space.key)).where(is_space_of(asker(viewer))))


@pytest.mark.req("AUTHZ-02")
@pytest.mark.parametrize(
    ("name", "readable", "held"),
    [
        ("owner", {"ENG", "PEO", "PUB"}, {"ENG", "PEO", "PUB"}),
        ("reader", {"ENG", "PEO", "PUB"}, {"ENG"}),
        ("admin", {"PEO", "PUB"}, set()),
        ("outsider", {"OPS", "PEO", "PUB"}, {"OPS"}),
        ("guest", {"PUB"}, set()),
    ],
)
async def test_what_people_read_without_any_invitation(texts, name, readable, held):
    viewer = texts.actor(name)
    assert await read(viewer) == await seen(viewer) == readable
    assert await own(viewer) == held


@pytest.mark.req("AUTHZ-02")
async def test_who_is_not_signed_in_reads_what_is_public_unless_nothing_may_be(texts, monkeypatch):
    assert await read(STRANGER) == await seen(STRANGER) == {"PUB"}
    assert await own(STRANGER) == set()
    monkeypatch.setenv("PLUMBLINE_PUBLIC_SHARING", "false")
    settings.cache_clear()
    assert await read(STRANGER) == await seen(STRANGER) == set()
    assert await read(texts.actor("guest")) == {"PUB"}


@pytest.mark.req("AUTHZ-02")
async def test_a_group_and_an_invitation_lead_to_one_text_each(people):
    await change("INSERT INTO space_group SELECT id, :g, 'reader' FROM space WHERE key = 'ENG'", g=GROUP)
    await change("INSERT INTO space_group SELECT id, :g, 'reader' FROM space WHERE key = 'OPS'", g=OTHERS)
    guest = people.actor("guest")
    assert await read(guest) == await seen(guest) == {"PUB", "ENG"}
    assert await own(guest) == {"ENG"}
    await change(
        "INSERT INTO document_member SELECT document.id, :who, 'reader' FROM document "
        "JOIN space ON space.id = space_id WHERE key = 'OPS'",
        who=guest.user_id,
    )
    assert await read(guest) == {"PUB", "ENG", "OPS"}
    assert await seen(guest) == {"PUB", "ENG"}
    assert await read(people.actor("admin")) == {"PEO", "PUB"}


@pytest.mark.req("AUTHZ-02", "IDOR-02")
async def test_a_link_leads_to_its_text_until_the_moment_it_ends(texts, set_clock, monkeypatch):
    await link("a" * 64)
    await link("b" * 64, "OPS", revoked=clock.now())
    holder = Viewer(links=frozenset({"a" * 64, "b" * 64, "c" * 64}))
    person = texts.actor("guest").model_copy(update={"links": holder.links})
    assert await read(holder) == await read(person) == {"PUB", "ENG"}
    assert await seen(holder) == await seen(person) == {"PUB"}
    ((document,),) = await rows("SELECT document.id FROM document JOIN space ON space.id = space_id WHERE key = 'ENG'")
    assert await keys(linked_to(asker(holder))) == {document}
    set_clock.advance(days=1, seconds=-1)
    assert await read(holder) == {"PUB", "ENG"}
    monkeypatch.setenv("PLUMBLINE_PUBLIC_SHARING", "false")
    settings.cache_clear()
    assert await read(holder) == set()
    assert await read(person) == {"PUB"}
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.req("AUTHZ-02")
async def test_a_link_has_ended_at_its_last_moment(texts, set_clock):
    await link("a" * 64)
    holder = Viewer(links=frozenset({"a" * 64}))
    set_clock.advance(days=1)
    assert await read(holder) == {"PUB"}


def test_only_a_list_in_order_keeps_the_database_from_its_indexes(set_clock):
    who = asker(STRANGER)
    assert "||" not in str(readable_by(who))
    assert str(readable_by(who, in_order=True)).count("||") == 1
    person = parameters(is_somebody=True, has_links=True)
    assert str(readable_by(person, in_order=True)).count("document.id ||") == 2
    assert (who.is_somebody, who.has_links, who.user_id, who.links, who.now) == (
        False, False, "", frozenset(), set_clock.moment,
    )  # fmt: skip


def test_a_prepared_statement_gets_what_its_kind_of_viewer_has(set_clock):
    digests = frozenset({"b" * 64, "a" * 64})
    assert values(STRANGER) == {"viewer_open": "public"}
    links = {"viewer_links": ["a" * 64, "b" * 64], "viewer_now": set_clock.moment}
    assert values(Viewer(links=digests)) == {"viewer_open": "public", **links}
    assert values(Viewer(user_id="u")) == {"viewer_id": "u"}
    assert values(Viewer(user_id="u", links=digests)) == {"viewer_id": "u", **links}


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
