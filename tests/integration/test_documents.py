"""Reading: who sees what, pages that neither repeat nor skip, content that only its readers get."""

import pytest
from pydantic import ValidationError

from app.core.errors import Invalid, NotFound
from app.domain.sheet import RENDER_VERSION, content_digest
from app.schemas.documents import FindDocuments
from app.services import documents, rendering, revisions, shell, spaces
from tests.integration.world import READERS, STRANGERS, WRITERS, change, rows

FIRST = "# Shared words\n\nA paragraph.\n"


@pytest.mark.req("IDOR-01", "IDOR-02", "AUTHZ-02")
@pytest.mark.parametrize("name", STRANGERS)
async def test_forbidden_and_absent_are_the_same(world, name):
    number = await world.document(FIRST)
    actor = world.actor(name)

    async def answers(asked: str, digest: str) -> list[dict]:
        found = []
        for call in (
            documents.view(actor, asked),
            documents.view(actor, asked, revision=1),
            documents.text(actor, asked),
            documents.text(actor, asked, 1),
            documents.content(actor, digest),
            revisions.history(actor, asked),
            world.save(asked, 1, "# Mine now\n", by=name),
        ):
            with pytest.raises(NotFound) as refused:
                await call
            found.append(refused.value.envelope())
        return found

    assert await answers(number, content_digest(FIRST)) == await answers("ENG-999", content_digest("never saved"))
    page = await documents.page(actor)
    assert (page.items, page.total) == ((), 0)
    assert (await shell.nav(actor)).documents == 0
    assert "ENG" not in {space.key for space in await spaces.list_for(actor)}


@pytest.mark.req("AUTHZ-02")
@pytest.mark.parametrize("name", READERS)
async def test_every_role_of_the_space_reads(world, name):
    number = await world.document(FIRST)
    actor = world.actor(name)
    view = await documents.view(actor, number)
    assert view.can_write == (name in WRITERS)
    assert "A paragraph." in await documents.content(actor, view.content_digest)
    assert await documents.text(actor, number) == FIRST
    assert (await documents.page(actor)).total == 1


async def test_a_member_loses_sight_with_the_role(world):
    number = await world.document(FIRST)
    actor = world.actor("reader")
    assert await documents.content(actor, content_digest(FIRST))
    await change("DELETE FROM space_member WHERE user_id = :id", id=actor.user_id)
    with pytest.raises(NotFound):
        await documents.view(actor, number)
    with pytest.raises(NotFound):
        await documents.content(actor, content_digest(FIRST))


async def test_earlier_revisions_stay_readable_by_their_address(world):
    number = await world.document(FIRST)
    await world.save(number, 1, "# Other words\n")
    actor = world.actor("reader")
    assert "Shared words" in await documents.content(actor, content_digest(FIRST))
    rendering.forget()
    assert "Shared words" in await documents.content(actor, content_digest(FIRST))


BAD_ADDRESSES = (
    "", "x", "0" * 64, f"{'0' * 64}-{RENDER_VERSION}", f"{'G' * 64}-{RENDER_VERSION}", "../../etc/passwd", "\0",
)  # fmt: skip


async def test_an_address_of_nothing_is_not_found(world):
    for digest in BAD_ADDRESSES:
        with pytest.raises(NotFound):
            await documents.content(world.actor("author"), digest)


async def test_an_address_of_another_renderer_is_not_found(world):
    await world.document(FIRST)
    digest = content_digest(FIRST)
    with pytest.raises(NotFound):
        await documents.content(world.actor("author"), digest[:-8] + "00000000")


BAD_NUMBERS = [
    "", "ENG", "ENG-", "ENG-0", "ENG-01", "ENG--1", "eng-1", "ENG-1 ", "ENG-1\n", "ENG-9999999999", "ENG-१", "É-1",
    "E-1", f"ENG-{2**63}", "ENG-1;", "ENG-1' OR 1=1 --", "ENG-\0", "ABCDEFGHIJK-1", "../ENG-1", "%45NG-1", "\ud800-1",
    "ENG-1e3", "ENG-" + "9" * 5000,
]  # fmt: skip


@pytest.mark.req("ERR-04")
async def test_odd_numbers_and_revisions_are_not_found(world):
    number = await world.document(FIRST)
    for odd in BAD_NUMBERS:
        with pytest.raises(NotFound):
            await documents.view(world.actor("author"), odd)
    for odd in (0, -1, 2, 2**31, 2**63):
        await is_no_revision(world, number, odd)


async def is_no_revision(world, number, revision):
    for call in (documents.text(world.actor("author"), number, revision),
                 documents.view(world.actor("author"), number, revision=revision)):  # fmt: skip
        with pytest.raises(NotFound):
            await call


async def test_a_former_number_leads_to_the_document(world):
    number = await world.document(FIRST)
    await change("INSERT INTO document_alias (key, number, document_id) SELECT 'OLD', 7, id FROM document")
    assert (await documents.view(world.actor("reader"), "OLD-7")).number == number
    with pytest.raises(NotFound):
        await documents.view(world.actor("outsider"), "OLD-7")


@pytest.mark.req("PAGE-02")
async def test_pages_repeat_and_skip_nothing_while_rows_come_in(world):
    before = {await world.document(f"# Document {at}\n") for at in range(17)}
    seen, cursor, actor = [], "", world.actor("reader")
    while True:
        page = await documents.page(actor, FindDocuments(after=cursor, limit=4))
        seen += [row.number for row in page.items]
        cursor = page.next_cursor
        if not cursor:
            break
        await world.document(f"# Meanwhile {len(seen)}\n")
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


@pytest.mark.req("PAGE-02")
async def test_rows_of_one_moment_are_paged_too(world, set_clock):
    numbers = {await world.document(f"# Document {at}\n") for at in range(7)}
    first = await documents.page(world.actor("reader"), FindDocuments(limit=5))
    second = await documents.page(world.actor("reader"), FindDocuments(after=first.next_cursor, limit=5))
    assert {row.number for row in (*first.items, *second.items)} == numbers
    assert (len(first.items), second.next_cursor) == (5, "")


@pytest.mark.req("PAGE-01")
@pytest.mark.parametrize("limit", [0, -1, 101, 10**9])
async def test_a_page_size_out_of_bounds_is_refused(world, limit):
    with pytest.raises(ValidationError):
        FindDocuments(limit=limit)


@pytest.mark.req("PAGE-01")
async def test_a_cursor_of_another_list_is_refused(world):
    for at in range(3):
        number = await world.document(f"# Document {at}\n")
        await world.save(number, 1, "# Changed\n")
    cursor = (await revisions.history(world.actor("reader"), number, limit=1)).next_cursor
    with pytest.raises(Invalid):
        await documents.page(world.actor("reader"), FindDocuments(after=cursor))


async def test_the_list_shows_what_the_text_says(world):
    await world.document("# Billing\n\n## Core Components\n\n### API\n- **Purpose**: Takes orders\n", name="billing.md")
    (row,) = (await documents.page(world.actor("reader"))).items
    assert (row.number, row.title, row.status_label, row.owner) == ("ENG-1", "Billing", "Draft", "Author Person")
    assert row.space_name == "Engineering"
    assert "1 component" in row.summary
    assert await rows("SELECT health_state FROM document") != [("not_checked",)]
