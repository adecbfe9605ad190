"""What happened in one space or to one document, told to those who answer for it, and without addresses."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.context import Origin, coming_from
from app.core.errors import Forbidden, Invalid, NotFound
from app.domain.permissions import SpaceRole
from app.schemas.audit import FindEvents, Outcome
from app.schemas.documents import ChangeDocument, Known
from app.schemas.members import GiveRole
from app.schemas.sharing import Invite
from app.services import audit, belongings, members, removals, sharing, spaces
from tests.integration.world import rows

FIRST = Known(revision=1)


async def in_space(world, by="maintainer", key="ENG", **asked):
    return await audit.of_space(world.actor(by), key, FindEvents(**asked))


async def of_document(world, number, by="author", **asked):
    return await audit.of_document(world.actor(by), number, FindEvents(**asked))


def told(page):
    return [(one.action, one.object, one.actor) for one in page.items]


@pytest.mark.req("AUTHZ-02", "IDOR-01")
async def test_a_space_tells_of_itself_and_its_documents_and_of_nothing_else(world):
    await world.document("# Elsewhere\n", by="outsider")
    first, gone = await world.document(), await world.document("# Gone\n")
    await world.save(first, 1, "# Two\n")
    await removals.delete(world.actor("maintainer"), gone, FIRST)
    await members.put(world.actor("owner"), "ENG", world.actor("guest").user_id, GiveRole(role=SpaceRole.reader))
    found = await in_space(world)
    assert told(found) == [
        ("space:member:put", "ENG", "Owner Person"),
        ("document:document:deleted", gone, "Maintainer Person"),
        ("document:revision:saved", first, "Author Person"),
        ("document:document:created", gone, "Author Person"),
        ("document:document:created", first, "Author Person"),
        ("space:space:created", "ENG", "Owner Person"),
    ]
    assert found.total == 6
    assert [one.label for one in found.items][:2] == ["Member put", "Document deleted"]


@pytest.mark.req("AUTHZ-02")
async def test_a_document_tells_what_happened_to_it_wherever_it_was(world):
    number, other = await world.document(), await world.document("# Other\n")
    await members.put(world.actor("outsider"), "OPS", world.actor("author").user_id, GiveRole(role=SpaceRole.author))
    await sharing.invite(world.actor("author"), number, world.actor("guest").user_id, Invite())
    await belongings.change(world.actor("author"), number, FIRST, ChangeDocument(space="OPS"))
    moved = [("document:document:moved", "OPS-1", "Author Person")]
    assert told(await of_document(world, number))[:1] == moved
    assert len((await of_document(world, "OPS-1", by="outsider")).items) == 3
    assert told(await in_space(world, by="outsider", key="OPS", action="document:document:moved")) == moved
    assert [one.object for one in (await in_space(world, action="document:")).items] == [other]
    left = (await in_space(world, action="space:document:")).items
    assert [(one.label, one.object, one.actor) for one in left] == [("Document moved away", "ENG", "Author Person")]
    assert left[0].details["number"] == number
    assert "OPS" not in str(left[0].details)


@pytest.mark.req("AUTHZ-02", "IDOR-02")
async def test_who_does_not_answer_for_it_is_told_nothing(world):
    number = await world.document()
    await sharing.invite(world.actor("author"), number, world.actor("guest").user_id, Invite())
    for name in ("author", "reviewer", "reader"):
        with pytest.raises(Forbidden):
            await in_space(world, by=name)
    for name in ("reviewer", "reader", "guest"):
        with pytest.raises(Forbidden):
            await of_document(world, number, by=name)
    for name in ("outsider", "guest"):
        with pytest.raises(NotFound):
            await in_space(world, by=name)
    for name in ("outsider", "admin"):
        with pytest.raises(NotFound):
            await of_document(world, number, by=name)
    assert (await in_space(world, by="admin")).total == 3
    await spaces.archive(world.actor("maintainer"), "ENG")
    assert (await in_space(world)).total == 4
    assert (await of_document(world, number)).total == 2


@pytest.mark.req("AUTHZ-02")
async def test_no_address_of_anybody_is_told_or_can_be_guessed(world):
    with coming_from(Origin(address="192.0.2.77", user_agent="A browser", request_id="r" * 32)):
        number = await world.document()
    assert ("192.0.2.77",) in await rows("SELECT address FROM audit_event WHERE action = 'document:document:created'")
    for page in (await in_space(world), await of_document(world, number)):
        whole = page.model_dump_json()
        assert not [word for word in ("192.0.2.77", "r" * 32, "@example.org") if word in whole]
    for guess in ("author@example.org", "@example", "example.org"):
        assert (await in_space(world, actor=guess)).items == ()
        assert (await of_document(world, number, actor=guess)).items == ()


@pytest.mark.req("PAGE-02")
async def test_it_is_narrowed_and_read_page_by_page(world):
    number = await world.document()
    for base in (1, 2):
        await world.save(number, base, f"# {base}\n", by="maintainer")
    author = world.actor("author").user_id
    assert told(await of_document(world, number, actor="auth")) == told(await of_document(world, number, actor=author))
    assert len((await of_document(world, number, actor="Maintainer Person")).items) == 2
    assert len((await in_space(world, action="document:revision:saved")).items) == 2
    assert (await in_space(world, result=Outcome.refused)).items == ()
    today = clock.now().date()
    assert (await of_document(world, number, since=today + timedelta(days=1))).items == ()
    assert (await of_document(world, number, until=today - timedelta(days=1))).items == ()
    seen, cursor = [], ""
    while True:
        page = await of_document(world, number, limit=1, after=cursor)
        seen += [one.id for one in page.items]
        if not (cursor := page.next_cursor):
            break
        await world.save(number, len(seen) + 2, f"# Late {len(seen)}\n")
    assert len(seen) == len(set(seen)) == 3
    with pytest.raises(Invalid):
        await of_document(world, number, sort="actor")
