"""Deleted documents: there for nobody, counted nowhere, kept whole, and restored by who may."""

import asyncio

import pytest

from app.core.errors import AppError, Conflict, Forbidden, NotFound, Unauthenticated
from app.domain.permissions import SpaceRole, Visibility
from app.schemas.documents import ChangeDocument, FindDeleted, Known
from app.schemas.identity import Viewer
from app.schemas.imports import Choice, ImportFile, ImportTexts, Outcome, ResolveImport
from app.schemas.members import GiveRole
from app.schemas.people import HandOver
from app.schemas.sharing import Invite, MakeLink
from app.services import (
    badges,
    belongings,
    doctor,
    documents,
    imports,
    leaving,
    members,
    removals,
    revisions,
    sharing,
    spaces,
)
from tests.integration.world import change, rows

FIRST = Known(revision=1)
TEXT = "# A title\n\nSome text.\n"


@pytest.mark.req("AUTHZ-02", "IDOR-02")
async def test_a_deleted_document_is_there_for_nobody(world):
    number, kept = await world.document(TEXT), await world.document("# Kept\n")
    digest = (await documents.view(world.actor("reader"), number)).content_digest
    assert await documents.content(world.actor("reader"), digest)
    await removals.delete(world.actor("maintainer"), number, FIRST)
    for name in ("owner", "maintainer", "author", "reader"):
        viewer = world.actor(name)
        for read in (documents.view(viewer, number), documents.text(viewer, number, 1), badges.view(viewer, number),
                     revisions.history(viewer, number), documents.content(viewer, digest)):  # fmt: skip
            with pytest.raises(NotFound):
                await read
        assert [row.number for row in (await documents.page(viewer)).items] == [kept]
        assert (await documents.page_of(viewer, "ENG")).total == 1
        assert (await spaces.view(viewer, "ENG")).documents == 1
    with pytest.raises(NotFound):
        await world.save(number, 1, "# Two\n")
    assert await rows("SELECT count(*) FROM revision") == [(2,)]
    assert await doctor.examine() == []


@pytest.mark.req("AUTHZ-02")
async def test_its_links_end_and_stay_ended(world):
    number, author = await world.document(), world.actor("author")
    made = await sharing.make_link(author, number, MakeLink())
    ((digest,),) = await rows("SELECT digest FROM share_link")
    holder = Viewer(links=frozenset({digest}))
    await removals.delete(author, number, FIRST)
    for _ in range(2):
        assert await sharing.follow(made.url.rpartition("/")[2]) == "/link-ended"
        with pytest.raises(Unauthenticated):
            await documents.view(holder, number)
        await change("UPDATE document SET deleted_at = NULL")


@pytest.mark.req("AUTHZ-02")
async def test_a_public_one_shows_itself_no_longer(world):
    number = await world.document()
    await change("UPDATE space SET visibility = :public", public=Visibility.public.value)
    assert (await badges.view(Viewer(), number)).is_public
    await removals.delete(world.actor("owner"), number, FIRST)
    with pytest.raises(Unauthenticated):
        await badges.view(Viewer(), number)


@pytest.mark.req("AUTHZ-02")
async def test_who_may_delete_restores_it_as_it_was(world):
    number, author, guest = await world.document(TEXT), world.actor("author"), world.actor("guest")
    await sharing.invite(author, number, guest.user_id, Invite(role=SpaceRole.author))
    for name in ("reader", "reviewer", "guest"):
        with pytest.raises(Forbidden):
            await removals.delete(world.actor(name), number, FIRST)
    with pytest.raises(Conflict):
        await removals.restore(author, number)
    before = await documents.view(author, number)
    await removals.delete(author, number, FIRST)
    for name in ("reader", "guest", "outsider", "admin"):
        with pytest.raises(NotFound):
            await removals.restore(world.actor(name), number)
    for again in (removals.delete(author, number, FIRST), removals.restore(author, "ENG-99")):
        with pytest.raises(NotFound):
            await again
    assert await removals.restore(author, number) == before
    assert await documents.text(guest, number) == TEXT
    assert (await world.save(number, 1, "# Two\n")).number == 2
    told = await rows("SELECT action, details FROM audit_event WHERE action LIKE 'document:document:%' ORDER BY at")
    assert [action.rpartition(":")[2] for action, _ in told] == ["created", "deleted", "restored"]


async def test_its_number_never_comes_back(world):
    number = await world.document()
    await removals.delete(world.actor("author"), number, FIRST)
    assert (number, await world.document("# Next\n")) == ("ENG-1", "ENG-2")
    await removals.restore(world.actor("author"), number)
    assert (await documents.view(world.actor("author"), number)).title == "A title"


@pytest.mark.req("PAGE-02", "AUTHZ-02")
async def test_maintainers_see_what_was_deleted_page_by_page(world):
    numbers = [await world.document(f"# Number {n}\n") for n in range(3)]
    maintainer = world.actor("maintainer")
    for number in numbers:
        await removals.delete(maintainer, number, FIRST)
    first = await removals.of_space(maintainer, "ENG", FindDeleted(limit=2))
    rest = await removals.of_space(maintainer, "ENG", FindDeleted(limit=2, after=first.next_cursor))
    assert [row.number for row in (*first.items, *rest.items)] == numbers[::-1]
    assert (first.total, rest.next_cursor, rest.items[0].owner) == (3, "", "Author Person")
    for name, refusal in (("author", Forbidden), ("reader", Forbidden), ("admin", Forbidden), ("outsider", NotFound)):
        with pytest.raises(refusal):
            await removals.of_space(world.actor(name), "ENG", FindDeleted())


async def test_in_an_archived_space_nothing_is_deleted_or_restored(world):
    gone, kept, maintainer = await world.document(), await world.document("# Kept\n"), world.actor("maintainer")
    await removals.delete(maintainer, gone, FIRST)
    await spaces.archive(maintainer, "ENG")
    for call in (removals.delete(maintainer, kept, FIRST), removals.restore(maintainer, gone),
                 removals.of_space(maintainer, "ENG", FindDeleted())):  # fmt: skip
        with pytest.raises(Forbidden, match="archived"):
            await call


@pytest.mark.req("CONC-01")
async def test_what_changed_meanwhile_is_not_deleted(world):
    number, author = await world.document(), world.actor("author")
    await world.save(number, 1, "# Two\n")
    with pytest.raises(AppError) as refused:
        await removals.delete(author, number, FIRST)
    assert refused.value.code == "REVISION_CONFLICT"
    assert (await documents.view(author, number)).revision == 2


async def test_an_import_does_not_find_what_was_deleted(world):
    number, author = await world.document(TEXT, name="same.md"), world.actor("author")
    file = ImportTexts(space_key="ENG", files=(ImportFile(name="same.md", data=TEXT.encode()),))
    asked = await imports.run(author, file)
    assert asked.items[0].outcome is Outcome.exists
    await removals.delete(author, number, FIRST)
    with pytest.raises(NotFound):
        await imports.resolve(author, ResolveImport(batch_id=asked.id, item_id=asked.items[0].id, choice=Choice.revise))
    assert (await imports.run(author, file)).items[0].outcome is Outcome.created


@pytest.mark.req("AUTHZ-02")
async def test_a_report_of_an_import_leads_to_what_its_reader_may_see(world):
    number, author, file = await world.document(TEXT, name="same.md"), world.actor("author"), "# Other\n"
    files = tuple(ImportFile(name=name, data=data.encode()) for name, data in (("same.md", TEXT), ("new.md", file)))
    asked = await imports.run(author, ImportTexts(space_key="ENG", files=files))
    made = asked.items[1].number
    assert (asked.items[0].existing_number, made) == (number, "ENG-2")
    await members.put(world.actor("outsider"), "OPS", world.actor("maintainer").user_id, GiveRole(role="maintainer"))
    away = ChangeDocument(space="OPS", owner=world.actor("maintainer").user_id)
    await belongings.change(world.actor("maintainer"), made, FIRST, away)
    await removals.delete(author, number, FIRST)
    again = await imports.view(author, asked.id)
    assert [(one.number, one.existing_number) for one in again.items] == [(None, None), (None, None)]
    await removals.restore(author, number)
    assert (await imports.view(author, asked.id)).items[0].existing_number == number


@pytest.mark.req("OPS-02")
async def test_what_a_leaver_deleted_goes_over_with_the_rest(world):
    number, author, owner = await world.document(), world.actor("author"), world.actor("owner")
    await removals.delete(author, number, FIRST)
    with pytest.raises(Conflict, match="hand them over"):
        await leaving.erase(owner, author.user_id)
    guest = world.actor("guest")
    assert (await leaving.hand_over(owner, author.user_id, HandOver(to=guest.user_id))).documents == 1
    await leaving.erase(owner, author.user_id)
    assert (await removals.restore(guest, number)).owner == "Guest Person"


@pytest.mark.req("CONC-01")
async def test_of_two_who_restore_one_does(world):
    number, names = await world.document(), ("author", "maintainer")
    await removals.delete(world.actor("author"), number, FIRST)
    restored = (removals.restore(world.actor(name), number) for name in names)
    ended = await asyncio.gather(*restored, return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["Conflict", "DocumentView"], ended
    assert await rows("SELECT count(*) FROM audit_event WHERE action = 'document:document:restored'") == [(1,)]
