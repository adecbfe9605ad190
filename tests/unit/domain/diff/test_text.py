"""Texts compared line by line: nothing lost, nothing invented, in bounded time."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff import text as module
from app.domain.diff.sections import Fate
from app.domain.diff.text import RowKind, TextDiff, compare_texts
from app.domain.parse import parse
from tests import corpus

LINES = [
    "# A\n",
    "## B\r\n",
    "- x\r",
    "one two three\n",
    "one two four\n",
    " one  two three\n",
    "\n",
    "```\n",
    "end",
    "é😀\u2028\n",
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=25).map("".join)


def compared(old: str, new: str) -> TextDiff:
    return compare_texts(parse(old), parse(new))


def rebuilt(diff: TextDiff) -> tuple[str, str]:
    rows = [row for section in diff.sections for row in section.rows]
    sides = [row.old for row in rows if row.old], [row.new for row in rows if row.new]
    old, new = ("".join(line.text for line in sorted(lines, key=lambda line: line.number)) for lines in sides)
    return old, new


def kinds(old: str, new: str) -> list[RowKind]:
    return [row.kind for section in compared(old, new).sections for row in section.rows]


def fates(old: str, new: str) -> list[tuple[Fate, str]]:
    return [(section.fate, section.title) for section in compared(old, new).sections if section.title]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_rebuilt_and_what_is_unmarked_is_the_same(old, new):
    diff = compared(old, new)
    assert rebuilt(diff) == (old, new)
    assert diff.changed == (old != new)
    assert diff == compared(old, new)
    for row in (row for section in diff.sections for row in section.rows if row.old and row.new):
        plain = ["".join(piece.text for piece in line.pieces if not piece.marked) for line in (row.old, row.new)]
        if row.kind is RowKind.same:
            assert row.old.text == row.new.text
        else:
            assert row.old.text != row.new.text
            assert any(piece.marked for line in (row.old, row.new) for piece in line.pieces)
        assert row.kind is RowKind.changed or "".join(plain[0].split()) == "".join(plain[1].split())


def test_real_documents_can_be_rebuilt():
    texts = [path.read_bytes().decode("utf-8", "replace")[:20_000] for path in corpus.documents()]
    for old, new in pairwise(texts):
        assert rebuilt(compared(old, new)) == (old, new)
        assert not compared(old, old).changed


def test_a_line_that_changed_is_one_row_with_its_words_marked():
    (section,) = compared("It keeps data for 30 days.\n", "It keeps all data for 45 days.\n").sections
    (row,) = section.rows
    assert [piece.text for piece in row.old.pieces if piece.marked] == ["30"]
    assert [piece.text.strip() for piece in row.new.pieces if piece.marked] == ["all", "45"]
    assert (section.added, section.removed) == (1, 1)


def test_a_line_with_almost_nothing_in_common_is_removed_and_added():
    assert kinds("Refunds are paid by the bank.\n", "Nobody waits longer than the guest.\n") == ["removed", "added"]


def test_of_neighbours_the_most_alike_are_paired():
    old = "alpha beta gamma delta\nred green blue\n"
    new = "new words stand here\nalpha beta gamma epsilon\nred green black\n"
    assert kinds(old, new) == ["added", "changed", "changed"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("a b\n", "a  b\n"), ("a b\n", "a b\r\n"), ("a b", "a b\n"), ("a b\n", "\ta b \n"), ("a\rb\r", "a\nb\n")],
)
def test_white_space_and_line_ends_are_changes_of_layout(old, new):
    assert set(kinds(old, new)) == {"layout"}


def test_sections_are_kept_moved_renamed_added_and_removed():
    body = "one line here\nand another line\nand a third\n"
    old = f"# T\n\n## A\ntext of a\n## B\ntext of b\n## C\ntext of c\n## Old name\n{body}## Gone\nnothing\n"
    new = f"# T\n\n## B\ntext of b\n## C\ntext of c\n## A\ntext of a\n## New name\n{body}## Fresh\nmore\n"
    assert fates(old, new) == [
        ("kept", "T"),
        ("kept", "B"),
        ("kept", "C"),
        ("moved", "A"),
        ("renamed", "New name"),
        ("added", "Fresh"),
        ("removed", "Gone"),
    ]


def test_what_is_far_from_a_change_is_folded_with_its_lines_inside():
    lines = [f"line {at}\n" for at in range(40)]
    (section,) = compared("".join(lines), "".join([*lines[:20], "new\n", *lines[20:]])).sections
    assert [(stretch.folded, len(stretch.rows)) for stretch in section.stretches] == [
        (True, 17),
        (False, 7),
        (True, 17),
    ]


def test_little_is_not_folded():
    lines = [f"line {at}\n" for at in range(10)]
    (section,) = compared("".join(lines), "".join([*lines[:6], "new\n", *lines[6:]])).sections
    assert [stretch.folded for stretch in section.stretches] == [False]


@given(TEXTS, TEXTS)
def test_beyond_the_bounds_it_is_coarser_and_still_right(old, new):
    before = module._MOST_LINES
    module._MOST_LINES = 3
    try:
        diff = compared(old, new)
    finally:
        module._MOST_LINES = before
    assert rebuilt(diff) == (old, new)
    assert diff.changed == (old != new)


def _shuffled() -> tuple[str, str]:
    lines = [f"the same words in line {at % 40}\n" for at in range(2_400)]
    other = lines[:]
    random.Random(1).shuffle(other)
    return "".join(lines), "".join(other)


HOSTILE = {
    "repeated lines, shuffled": _shuffled(),
    "one line of 2 MB": ("word 12 é " * 190_000, "word 12 é " * 90_000 + "other" + " word 12 é" * 100_000),
    "2 MB and another 2 MB": (
        "".join(f"a{at} b\n" for at in range(240_000)),
        "".join(f"c {at}\n" for at in range(240_000)),
    ),
    "2 MB of long lines": (
        "".join(f"a{at} " * 9 + "\n" for at in range(35_000)),
        "".join(f"b{at} " * 9 + "\n" for at in range(35_000)),
    ),
    "blank lines": ("\n" * 2_000_000, " \n" * 1_000_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_bounded_time(name):
    old, new = (parse(text) for text in HOSTILE[name])
    started = time.process_time()
    diff = compare_texts(old, new)
    assert time.process_time() - started < 6  # alone about one
    assert rebuilt(diff) == (old.text, new.text)
