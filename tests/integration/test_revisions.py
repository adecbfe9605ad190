"""Saving: immutable revisions in one transaction with their head, stale bases refused, nothing lost or doubled."""

import asyncio
import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import AppError, Conflict, Forbidden, Invalid, NotFound, PayloadTooLarge
from app.services import doctor, documents, revisions
from tests.integration.world import READERS, STRANGERS, WRITERS, change, rows

FIRST = "# A title\n\nSome text.\n"


async def test_a_saved_text_is_kept_exactly(world):
    number = await world.document(FIRST)
    text = "\ufeff# Título 🧭\r\n\r\ntrailing  \r\n\tTab\u2028\n"
    saved = await world.save(number, 1, text, message="  Say it better ")
    assert (saved.number, saved.message, saved.is_head) == (2, "Say it better", True)
    assert saved.digest == hashlib.sha256(text.encode()).hexdigest()
    assert saved.size == len(text.encode())
    actor = world.actor("reader")
    assert await documents.text(actor, number) == text
    assert await documents.text(actor, number, 1) == FIRST
    view = await documents.view(actor, number)
    assert (view.revision, view.content_digest) == (2, saved.content_digest)
    assert (await documents.view(actor, number, revision=1)).revision == 1


@pytest.mark.req("CONC-01")
async def test_a_stale_base_is_refused_and_changes_nothing(world):
    number = await world.document(FIRST)
    await world.save(number, 1, "# Mine\n")
    with pytest.raises(AppError) as refused:
        await world.save(number, 1, "# Theirs\n")
    assert (refused.value.code, refused.value.status) == ("REVISION_CONFLICT", 412)
    assert refused.value.details["current_revision"] == 2
    assert await documents.text(world.actor("reader"), number) == "# Mine\n"
    assert await rows("SELECT count(*) FROM revision") == [(2,)]


@pytest.mark.parametrize("base", [0, -1, 2, 10**6])
async def test_a_base_that_never_was_is_refused(world, base):
    number = await world.document(FIRST)
    with pytest.raises(AppError, match="not saved"):
        await world.save(number, base, "# Other\n")


async def test_the_same_text_again_is_no_revision(world):
    number = await world.document(FIRST)
    with pytest.raises(Conflict, match="Nothing changed"):
        await world.save(number, 1, FIRST)


@pytest.mark.req("CONC-04")
async def test_of_twenty_writers_with_one_base_exactly_one_wins(world):
    number = await world.document(FIRST)
    for base in range(1, 6):
        texts = [f"# Round {base}, writer {writer}\n" for writer in range(20)]
        results = await asyncio.gather(*(world.save(number, base, text) for text in texts), return_exceptions=True)
        won = [at for at, result in enumerate(results) if not isinstance(result, BaseException)]
        assert len(won) == 1, results
        assert {result.code for result in results if isinstance(result, AppError)} == {"REVISION_CONFLICT"}
        assert await documents.text(world.actor("author"), number) == texts[won[0]]
    assert await doctor.examine() == []


async def test_twenty_new_documents_at_once_get_twenty_numbers(world):
    numbers = await asyncio.gather(*(world.document(f"# Document {at}\n") for at in range(20)))
    assert sorted(numbers) == sorted(f"ENG-{at}" for at in range(1, 21))


@pytest.mark.parametrize(
    ("text", "error"),
    [("a\0b", Invalid), ("", Invalid), (" \n", Invalid), ("\ud800", Invalid), ("x" * 2_000_001, PayloadTooLarge)],
)
@pytest.mark.req("ERR-03")
async def test_what_cannot_be_stored_is_refused(world, text, error):
    number = await world.document(FIRST)
    with pytest.raises(error):
        await world.save(number, 1, text)
    assert await rows("SELECT count(*) FROM revision") == [(1,)]


@pytest.mark.parametrize("message", ["x" * 501, "two\nlines", "nul\0", "\x1b[31m"])
async def test_a_message_is_one_bounded_line(world, message):
    number = await world.document(FIRST)
    with pytest.raises(Invalid):
        await world.save(number, 1, "# Other\n", message=message)


async def test_a_text_of_the_largest_size_is_kept(world):
    number = await world.document(FIRST)
    text = "# Large\n" + "word " * 399_000
    assert (await world.save(number, 1, text)).size == len(text)
    assert await documents.text(world.actor("reader"), number) == text


async def test_history_lists_every_revision_newest_first(world):
    number = await world.document(FIRST)
    for base in range(1, 8):
        await world.save(number, base, f"# Title {base}\n", message=f"Change {base}")
    found, cursor = [], ""
    while True:
        page = await revisions.history(world.actor("reader"), number, cursor, limit=3)
        found += page.items
        cursor = page.next_cursor
        if not cursor:
            break
    assert [item.number for item in found] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert [item.number for item in found if item.is_head] == [8]
    assert found[0].message == "Change 7"
    assert {item.author for item in found} == {"Author Person"}


@pytest.mark.req("AUTHZ-02")
async def test_who_may_save(world):
    number, base = await world.document(FIRST), 1
    for name in WRITERS:
        base = (await world.save(number, base, f"# By {name}\n", by=name)).number
    for name in set(READERS) - set(WRITERS):
        with pytest.raises(Forbidden, match="maintainer"):
            await world.save(number, base, "# No\n", by=name)
    for name in STRANGERS:
        with pytest.raises(NotFound):
            await world.save(number, base, "# No\n", by=name)
    assert await rows("SELECT max(number) FROM revision") == [(base,)]


@pytest.mark.req("OPS-02")
async def test_a_save_has_its_audit_row(world):
    number = await world.document(FIRST)
    saved = await world.save(number, 1, "# Other\n")
    found = await rows("SELECT action, actor_id, result FROM audit_event WHERE object_type = 'document' ORDER BY id")
    author = world.actor("author").user_id
    assert found == [("document:document:created", author, "ok"), ("document:revision:saved", author, "ok")]
    assert saved.digest in str(await rows("SELECT details FROM audit_event"))


STEP = st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from(["# A\n", "# B\n", "# C\n", "", "\0"]))


@pytest.mark.req("DUR-07")
@given(steps=st.lists(STEP, max_size=12))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_heads_and_revisions_agree_after_any_saves(world, steps):
    """Whatever is tried, in any order and with any base: afterwards the check finds no gap."""
    number = await world.document(f"# Start {len(await rows('SELECT id FROM document'))}\n")
    accepted = 1
    for base, writer, text in steps:
        try:
            accepted = (await world.save(number, base, text, by=WRITERS[writer])).number
        except AppError:
            continue
    assert (await documents.view(world.actor("reader"), number)).revision == accepted
    assert await doctor.examine() == []


DAMAGES = {
    "the newest is": "UPDATE document SET head_revision = head_revision + 1",
    "does not point": "UPDATE document SET head_id = (SELECT id FROM revision WHERE number = 1)",
    "not numbered": "UPDATE revision SET number = 7 WHERE number = 3",
    "not what was saved": "UPDATE revision SET text = 'other' WHERE number = 2",
    "no revision": "DELETE FROM revision",
}


@pytest.mark.req("DUR-07")
@pytest.mark.parametrize("sentence", DAMAGES)
async def test_the_doctor_sees_damage(world, database, sentence):
    number = await world.document(FIRST)
    for base in (1, 2):
        await world.save(number, base, f"# {base}\n")
    assert await doctor.examine() == []
    await change("DROP TRIGGER revision_no_update" + ("" if database.is_sqlite else " ON revision"))
    if sentence == "no revision":
        await change("UPDATE document SET head_id = NULL")
    await change(DAMAGES[sentence])
    assert any(sentence in found for found in await doctor.examine())
