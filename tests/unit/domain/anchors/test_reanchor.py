"""Where a passage is found again, case by case."""

import pytest

from app.domain.anchors.alignment import Alignment
from app.domain.anchors.anchor import Anchor, anchor
from app.domain.anchors.passages import Body
from app.domain.anchors.reanchor import Fate, Found, reanchor
from app.domain.model import Design
from app.domain.parse import parse
from app.domain.text import Position, Span

TEXT = """# Billing

## Overview

The service charges every customer once a month and sends an invoice.
It retries a failed charge three times before it gives up.

## Storage

| column | type |
| --- | --- |
| id | integer |
| paid_at | timestamp |

Rows are kept for ten years because the law asks for it.

## Rollback

An older version of the service reads the newer schema.
"""


def of(design: Design, quote: str) -> Anchor:
    at = design.text.index(quote)
    return anchor(design, Span(position(design.text, at), position(design.text, at + len(quote))))


def position(text: str, at: int) -> Position:
    before = text[:at]
    return Position(before.count("\n"), len(before) - before.rfind("\n") - 1)


def find(quote: str, new: str, *, with_old: bool = True, text: str = TEXT) -> tuple[Found, str]:
    """What was found, and the words there."""
    old, design = parse(text), parse(new)
    found = reanchor(of(old, quote), old if with_old else None, design)
    if found.span is None:
        return found, ""
    lines = new.split("\n")[found.span.start.line : found.span.end.line + 1]
    lines[-1] = lines[-1][: found.span.end.column]
    lines[0] = lines[0][found.span.start.column :]
    return found, "\n".join(lines)


BOTH = pytest.mark.parametrize("with_old", [True, False])


@BOTH
def test_lines_above_do_not_matter(with_old):
    found, words = find("three times", TEXT.replace("## Overview\n", "## Overview\n\nNew words.\n"), with_old=with_old)
    assert (found.fate, found.score > 0.9, words) == (Fate.exact, True, "three times")
    assert (found.section_id, found.section_title) == ("overview", "Overview")


@BOTH
def test_a_wrapped_paragraph_is_unchanged(with_old):
    quote = "an invoice.\nIt retries"
    found, words = find(
        quote, TEXT.replace("once a month", "once a\nmonth").replace(".\nIt", ". It"), with_old=with_old
    )
    assert (found.fate, words) == (Fate.exact, "an invoice. It retries")


@BOTH
def test_other_line_ends_change_nothing(with_old):
    old = parse(TEXT)
    made = of(old, "an invoice.\nIt retries")
    found = reanchor(made, old if with_old else None, parse(TEXT.replace("\n", "\r\n")))
    assert (found.fate, found.span) == (Fate.exact, made.span)


@BOTH
def test_a_typo_in_the_quote_is_fuzzy(with_old):
    found, words = find("retries a failed charge", TEXT.replace("failed", "fialed"), with_old=with_old)
    assert (found.fate, words) == (Fate.fuzzy, "retries a fialed charge")
    assert 0.7 <= found.score < 1


@BOTH
def test_a_moved_section_takes_its_passages_along(with_old):
    head, section = TEXT.split("## Rollback")
    new = head.replace("## Overview", f"## Rollback{section}\n## Overview")
    found, words = find("newer schema", new, with_old=with_old)
    assert (words, found.section_id) == ("newer schema", "rollback")
    assert found.fate is (Fate.moved if with_old else Fate.exact)


@BOTH
def test_a_paragraph_moved_to_another_section(with_old):
    line = "Rows are kept for ten years because the law asks for it.\n"
    found, words = find("ten years", TEXT.replace(line, "") + "\n" + line, with_old=with_old)
    assert (found.fate, words, found.section_id) == (Fate.moved, "ten years", "rollback")


@BOTH
def test_a_deleted_passage_is_an_orphan_of_its_section(with_old):
    new = TEXT.replace("It retries a failed charge three times before it gives up.\n", "")
    found, _ = find("three times", new, with_old=with_old)
    assert (found.fate, found.span, found.score) == (Fate.orphaned, None, 0)
    assert (found.section_id, found.section_title) == ("overview", "Overview")


@BOTH
def test_a_word_that_remains_elsewhere_is_not_taken_for_the_one_deleted(with_old):
    new = TEXT.replace("An older version of the service reads the newer schema.\n", "")
    found, _ = find("the service reads", new, with_old=with_old)
    assert found.fate is Fate.orphaned


def test_a_deleted_passage_is_not_taken_for_its_twin():
    twin = "Nothing is known about this yet.\n"
    text = TEXT.replace("## Storage\n", f"{twin}\n## Storage\n").replace("## Rollback\n", f"{twin}\n## Rollback\n")
    found, _ = find(twin.strip(), text.replace(twin, "", 1), text=text)
    assert (found.fate, found.section_id) == (Fate.orphaned, "overview")


def test_an_orphan_of_a_deleted_section_goes_to_the_one_before():
    found, _ = find("newer schema", TEXT.split("## Rollback", maxsplit=1)[0])
    assert (found.fate, found.section_id) == (Fate.orphaned, "storage")


def test_a_passage_grows_by_what_is_written_into_it():
    new = TEXT.replace("once a month", "once a month, or at another time that it has chosen in its settings,")
    found, words = find("charges every customer once a month and sends an invoice", new)
    assert found.fate is Fate.fuzzy
    assert (words[:7], words[-7:]) == ("charges", "invoice")


def test_another_text_than_the_one_it_was_made_for_is_no_evidence():
    made = of(parse(TEXT), "ten years")
    found = reanchor(made, parse("# Other\n\nNothing.\n"), parse("Intro.\n\n" + TEXT))
    assert (found.fate, found.section_id) == (Fate.exact, "storage")


def test_a_cell_of_a_table_with_a_new_row_above():
    found, words = find("timestamp", TEXT.replace("| id |", "| name | text |\n| id |"))
    assert (found.fate, words, found.section_id) == (Fate.exact, "timestamp", "storage")


LONG = """# Store

## Keeping

Every order is kept for as long as the law asks for it.
Nobody may take one out by hand, whatever the reason is.

It goes to the archive at the end of the year, and from there to paper.
The archive has two rooms, of which one is always locked.

## Giving out

An order is given out again when its owner asks for it in writing.
"""
PASSAGE = LONG[LONG.index("Every order") : LONG.index("\n\n## Giving")]


@pytest.mark.parametrize(
    ("first", "end", "kept"),
    [
        ("Every order", "Nobody", "Nobody"),
        ("The archive has", "\n## Giving", "Every order"),
        ("Every order", "It goes", ""),
    ],
)
def test_a_passage_is_where_its_greater_part_stayed(first, end, kept):
    """Without the lines from the first to the end, which are carried to the end of the text."""
    piece = LONG[LONG.index(first) : LONG.index(end)]
    found, words = find(PASSAGE, LONG.replace(piece, "") + f"\n## At last\n\n{piece}", text=LONG)
    assert words.startswith(kept)
    assert bool(found.span) is bool(kept)  # of two halves neither is the passage


def test_a_passage_that_was_mostly_carried_away_is_there():
    piece = LONG[LONG.index("Every order") : LONG.index("The archive")]
    found, words = find(PASSAGE, LONG.replace(piece, "") + f"\n## At last\n\n{piece}", text=LONG)
    assert (found.section_id, words.startswith("Every order")) == ("at-last", True)


def test_a_passage_into_which_much_was_put_ends_there():
    much = "".join(f"Another thing, number {at}, that somebody wrote about it.\n\n" for at in range(40))
    new = LONG.replace("It goes", f"{much}It goes").replace("paper", "stone")
    found, words = find(PASSAGE, new, text=LONG)
    assert found.span is None or "Another thing" not in words


def test_a_range_behind_the_text_is_nowhere():
    old = Body(parse("one\n"))
    for new in ("one\n\ntwo\n", "other\n"):
        assert Alignment(old, Body(parse(new))).place(3, 4) is None


TWINS = "# A\n\nfirst\n\nAsk the owner before.\n\n# B\n\nsecond\n\nAsk the owner before.\n\n# C\n\nthird\n"


def twin(nth: int, new: str) -> Found:
    at = [place for place in range(len(TWINS)) if TWINS.startswith("the owner", place)][nth]
    made = anchor(parse(TWINS), Span(position(TWINS, at), position(TWINS, at + 9)))
    return reanchor(made, None, parse(new))


def test_of_as_many_twins_as_before_it_is_the_one_of_its_number():
    for nth, section in enumerate("ab"):
        assert twin(nth, TWINS.replace("third", "last")).section_id == section


def test_of_more_twins_than_before_it_is_the_one_in_its_section():
    assert twin(0, TWINS.replace("third", "third\n\nAsk the owner before.")).section_id == "a"


@pytest.mark.parametrize("nth", [0, 1])
def test_of_fewer_twins_than_before_nobody_knows_which_it_is(nth):
    new = TWINS.replace("Ask the owner before.\n", "", 1)
    assert twin(nth, new).fate is Fate.orphaned
