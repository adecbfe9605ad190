"""What can be changed of a document besides its text: who owns it, and which space it is in."""

import asyncio

import pytest

from app.core.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from app.domain.permissions import SpaceRole
from app.schemas.audit import FindAudit
from app.schemas.base import fingerprint
from app.schemas.documents import ChangeDocument, Known
from app.schemas.identity import Actor
from app.schemas.imports import Choice, ImportFile, ImportTexts, ResolveImport
from app.schemas.sharing import Invite, MakeLink
from app.services import audit, belongings, doctor, documents, imports, removals, sharing, spaces
from app.services.unit_of_work import unit_of_work
from tests.integration.world import rows

FIRST = Known(revision=1)


def to(world, name: str) -> ChangeDocument:
    return ChangeDocument(owner=world.actor(name).user_id)


async def in_ops(world, name: str, role: SpaceRole) -> None:
    async with unit_of_work() as work:
        space = await work.spaces.by_key("OPS")
        assert space is not None
        await work.members.put(space.id, world.actor(name).user_id, role)


@pytest.mark.req("AUTHZ-02", "OPS-02")
async def test_another_owner_is_somebody_who_may_read_it(world):
    number, maintainer = await world.document(), world.actor("maintainer")
    with pytest.raises(Conflict, match="cannot read"):
        await belongings.change(maintainer, number, FIRST, to(world, "outsider"))
    changed = await belongings.change(maintainer, number, FIRST, to(world, "reader"))
    assert (changed.owner, changed.revision) == ("Reader Person", 1)
    assert (await documents.view(world.actor("reader"), number)).can_write
    with pytest.raises(Forbidden):
        await sharing.view(world.actor("reviewer"), number)
    told = await rows("SELECT count(*) FROM audit_event WHERE action = 'document:owner:changed'")
    assert told == [(1,)]


@pytest.mark.req("AUTHZ-02")
@pytest.mark.parametrize("name", ["reader", "reviewer", "guest", "outsider"])
async def test_who_neither_owns_nor_maintains_it_changes_nothing(world, name):
    number = await world.document()
    await sharing.invite(world.actor("author"), number, world.actor("guest").user_id, Invite(role=SpaceRole.author))
    for command in (to(world, name), ChangeDocument(space="OPS")):
        with pytest.raises((Forbidden, NotFound)):
            await belongings.change(world.actor(name), number, FIRST, command)
    assert (await documents.view(world.actor("author"), number)).owner == "Author Person"


async def test_a_moved_document_has_a_new_number_and_the_old_one_leads_to_it(world):
    number, author = await world.document(), world.actor("author")
    await world.save(number, 1, "# Two\n")
    with pytest.raises(NotFound):
        await belongings.change(author, number, Known(revision=2), ChangeDocument(space="OPS"))
    await in_ops(world, "author", SpaceRole.author)
    there = await world.document("# There\n", by="outsider")
    moved = await belongings.change(author, number, Known(revision=2), ChangeDocument(space="OPS"))
    assert (there, moved.number, moved.space_key, moved.revision) == ("OPS-1", "OPS-2", "OPS", 2)
    assert (await documents.view(author, number)).number == "OPS-2"
    assert await documents.text(world.actor("outsider"), number, 1) == "# A title\n\nSome text.\n"
    with pytest.raises(NotFound):
        await documents.view(world.actor("reader"), number)
    assert await world.document("# Next\n") == "ENG-2"
    back = await belongings.change(author, "OPS-2", Known(revision=2), ChangeDocument(space="ENG"))
    assert back.number == "ENG-3"
    for known in ("ENG-1", "OPS-2", "ENG-3"):
        assert (await documents.view(author, known)).number == "ENG-3"
        assert (await audit.find(world.actor("owner"), FindAudit(object=known, action="document:"))).total == 4
    await removals.delete(author, "OPS-2", Known(revision=2))
    for known in ("ENG-1", "OPS-2", "ENG-3"):
        with pytest.raises(NotFound):
            await documents.view(author, known)
    assert (await removals.restore(author, "ENG-1")).number == "ENG-3"
    assert [one.documents for one in await spaces.list_for(author)] == [2, 1]
    facts = await rows("SELECT details FROM audit_event WHERE action = 'document:document:moved' ORDER BY at")
    assert len(facts) == 2
    assert '"OPS-2"' in str(facts[0][0]).replace("'", '"')
    assert await doctor.examine() == []


async def test_moving_takes_a_role_that_adds_documents_there(world):
    number, author = await world.document(), world.actor("author")
    await in_ops(world, "author", SpaceRole.reader)
    with pytest.raises(Forbidden):
        await belongings.change(author, number, FIRST, ChangeDocument(space="OPS"))
    assert (await documents.view(author, number)).number == number


async def test_a_link_goes_with_the_document_that_moves(world):
    number, author = await world.document(), world.actor("author")
    made = await sharing.make_link(author, number, MakeLink())
    await in_ops(world, "author", SpaceRole.author)
    await belongings.change(author, number, FIRST, ChangeDocument(space="OPS"))
    assert await sharing.follow(made.url.rpartition("/")[2]) == "/d/OPS-1"


@pytest.mark.req("CONC-01")
async def test_a_change_that_was_decided_on_an_older_state_is_refused(world):
    number, maintainer = await world.document(), world.actor("maintainer")
    await world.save(number, 1, "# Two\n")
    with pytest.raises(AppError, match="meanwhile") as refused:
        await belongings.change(maintainer, number, FIRST, to(world, "reader"))
    assert refused.value.code == "REVISION_CONFLICT"
    assert refused.value.details == {"current_revision": 2}
    with pytest.raises(Invalid, match="what to change"):
        await belongings.change(maintainer, number, Known(revision=2), ChangeDocument())
    same = await belongings.change(maintainer, number, Known(revision=2), ChangeDocument(space="ENG"))
    assert (same.number, same.owner) == (number, "Author Person")


@pytest.mark.req("AUTHZ-02")
async def test_a_move_leaves_no_document_to_an_owner_who_cannot_read_it(world):
    number, maintainer, author = await world.document(), world.actor("maintainer"), world.actor("author")
    await in_ops(world, "maintainer", SpaceRole.maintainer)
    await in_ops(world, "guest", SpaceRole.author)
    there = ChangeDocument(space="OPS")
    with pytest.raises(Conflict, match="owner cannot read"):
        await belongings.change(maintainer, number, FIRST, there)
    with pytest.raises(Conflict, match="They cannot read"):  # in ENG the reader may, in OPS not
        await belongings.change(maintainer, number, FIRST, to(world, "reader").model_copy(update={"space": "OPS"}))
    assert (await documents.view(author, number)).number == number
    with_owner = to(world, "guest").model_copy(update={"space": "OPS"})
    moved = await belongings.change(maintainer, number, FIRST, with_owner)
    assert (moved.number, moved.owner) == ("OPS-1", "Guest Person")
    second = await world.document("# Second\n")
    await sharing.invite(author, second, author.user_id, Invite(role=SpaceRole.reader))
    assert (await belongings.change(maintainer, second, FIRST, there)).owner == "Author Person"
    assert (await documents.view(author, second)).number == "OPS-2"


@pytest.mark.req("CONC-01")
@pytest.mark.parametrize("other", ["move", "delete"])
async def test_of_a_move_and_what_else_was_decided_on_the_same_state_one_is_done(world, other):
    number, author = await world.document(), world.actor("author")
    await in_ops(world, "author", SpaceRole.author)
    known = Known(revision=1, fingerprint=fingerprint(await documents.view(author, number)))
    move = belongings.change(author, number, known, ChangeDocument(space="OPS"))
    also = belongings.change(author, number, known, ChangeDocument(space="OPS"))
    if other == "delete":
        also.close()
        also = removals.delete(author, number, known)
    ended = await asyncio.gather(move, also, return_exceptions=True)
    refused = [one for one in ended if isinstance(one, AppError)]
    assert [one.code in ("REVISION_CONFLICT", "NOT_FOUND") for one in refused] == [True], ended
    at = await rows("SELECT s.key, d.number FROM document d JOIN space s ON s.id = d.space_id")
    led = await rows("SELECT key, number FROM document_alias")
    assert (at, led) in (([("OPS", 1)], [("ENG", 1)]), ([("ENG", 1)], []))


async def brought_in(world, number: str, author: Actor, text: str):
    """The author's import of this text, asked about the document, and ready to be saved as its next revision."""
    file = ImportFile(name="same.md", data=text.encode())
    asked = await imports.run(author, ImportTexts(space_key="ENG", files=(file,)))
    assert asked.items[0].existing_number == number
    return imports.resolve(author, ResolveImport(batch_id=asked.id, item_id=asked.items[0].id, choice=Choice.revise))


@pytest.mark.req("CONC-01", "AUTHZ-02")
@pytest.mark.parametrize("way", ["save", "import"])
async def test_nobody_saves_into_a_space_that_they_may_not_write_while_it_moves_there(world, way):
    maintainer, author = world.actor("maintainer"), world.actor("author")
    for name in ("maintainer", "owner"):
        await in_ops(world, name, SpaceRole.author)
    for round_ in range(6):
        number = await world.document(f"# Round {round_}\n", by="owner", name="same.md")
        text = f"# Round {round_}\n\nMine.\n"
        saving = world.save(number, 1, text) if way == "save" else await brought_in(world, number, author, text)
        calls = [belongings.change(maintainer, number, FIRST, ChangeDocument(space="OPS")), saving]
        ended = await asyncio.gather(*(calls if round_ % 2 else reversed(calls)), return_exceptions=True)
        assert [one.code in ("REVISION_CONFLICT", "NOT_FOUND") for one in ended if isinstance(one, AppError)] == [True]


@pytest.mark.req("CONC-01", "AUTHZ-02")
async def test_nobody_is_let_in_from_the_space_that_a_document_has_left(world):
    """Who maintains the one space holds nothing in the other."""
    for name in ("maintainer", "author"):
        await in_ops(world, name, SpaceRole.author)
    for round_ in range(6):
        number = await world.document(f"# Round {round_}\n")
        calls = [
            belongings.change(world.actor("maintainer"), number, FIRST, ChangeDocument(space="OPS")),
            sharing.invite(world.actor("owner"), number, world.actor("guest").user_id, Invite()),
        ]
        await asyncio.gather(*(calls if round_ % 2 else reversed(calls)), return_exceptions=True)
        told = await rows(
            "SELECT action FROM audit_event WHERE object_id = (SELECT max(id) FROM document) ORDER BY at, id"
        )
        actions = [action for (action,) in told]
        assert actions[-1] == "document:document:moved", actions
