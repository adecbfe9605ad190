"""What a viewer may read, as the database answers it: each way to a text alone, in every form that queries carry."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.core import clock, db
from app.core.settings import settings
from app.repositories.scope import (
    asker,
    is_readable_by,
    is_space_of,
    linked_to,
    parameters,
    readable_apart,
    readable_by,
    values,
    was_readable_by,
)
from app.schemas.identity import Viewer
from models import Document, Space
from tests.integration.world import GROUP, OTHERS, change, link, rows

STRANGER = Viewer()


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
    apart = [key for one in readable_apart(who) for key in await keys(of_texts.where(one))]
    assert sorted(apart) == sorted(found), "each by exactly one of them"
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


@pytest.mark.req("AUTHZ-02")
async def test_what_was_deleted_is_read_by_nobody_and_known_to_those_who_read_it(texts):
    await link("a" * 64)
    holder, owner = Viewer(links=frozenset({"a" * 64})), texts.actor("owner")
    assert await was_read(owner) == await was_read(holder) == set()
    await change("UPDATE document SET deleted_at = created_at WHERE title = 'Of ENG'")
    assert await read(owner) == {"PEO", "PUB"}
    assert await read(holder) == {"PUB"}
    assert await was_read(owner) == await was_read(holder) == {"ENG"}
    assert await was_read(texts.actor("outsider")) == await was_read(STRANGER) == set()


async def was_read(viewer):
    of_texts = select(col(Space.key)).join(Document, col(Document.space_id) == col(Space.id))
    return await keys(of_texts.where(was_readable_by(asker(viewer))))


@pytest.mark.req("AUTHZ-02")
async def test_many_ways_to_one_text_show_it_once(texts):
    await link("a" * 64)
    owner = texts.actor("owner").model_copy(update={"links": frozenset({"a" * 64})})
    await change(
        "INSERT INTO document_member SELECT document.id, :who, 'reader' FROM document "
        "JOIN space ON space.id = space_id WHERE key = 'ENG'",
        who=owner.user_id,
    )
    assert await read(owner) == {"ENG", "PEO", "PUB"}


def test_only_a_list_in_order_keeps_the_database_from_its_indexes(set_clock):
    who = asker(STRANGER)
    for condition in (readable_by(who), was_readable_by(who), *readable_apart(who)):
        assert "||" not in str(condition)
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
