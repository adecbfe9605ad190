"""Merging two texts that come from one."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff.parts import split_lines
from app.domain.merge.chunks import Conflict
from app.domain.merge.three_way import merge
from tests import corpus
from tests.examples import examples

BASE = "---\ntitle: T\n---\n\n# T\n\nIntro.\n\n## A\n\none\ntwo\nthree\n\n## B\n\n- x\n- y\n\n## C\n\nend\n"


def lines_of(result):
    return Counter(
        line
        for piece in result.pieces
        for line in ((*piece.base, *piece.ours, *piece.theirs) if isinstance(piece, Conflict) else piece.lines)
    )


def test_changes_in_different_places_are_both_taken():
    ours, theirs = BASE.replace("one", "ONE"), BASE.replace("end", "END")
    assert merge(BASE, ours, theirs).text == BASE.replace("one", "ONE").replace("end", "END")


def test_the_same_change_is_taken_once():
    both = BASE.replace("two\n", "two\ntwo and a half\n")
    assert merge(BASE, both, both.replace("end", "END")).text == both.replace("end", "END")


def test_different_changes_of_a_line_are_a_conflict_with_all_three():
    result = merge(BASE, BASE.replace("two", "2"), BASE.replace("two", "II"))
    assert result.text is None
    (conflict,) = result.conflicts
    assert conflict == Conflict(("two\n",), ("2\n",), ("II\n",), (11, 11, 11), "A")
    assert "<<<<<<< me\n2\n||||||| base\ntwo\n=======\nII\n>>>>>>> them\n" in result.with_markers("me", "them")


def test_a_section_moved_on_one_side_takes_the_other_sides_change_along():
    section = "## A\n\none\ntwo\nthree\n\n"
    ours = BASE.replace(section, "").replace("## C", f"{section}## C")
    assert merge(BASE, ours, BASE.replace("two", "2")).text == ours.replace("two", "2")
    assert merge(BASE, BASE.replace("two", "2"), ours).text == ours.replace("two", "2")


def test_a_renamed_section_takes_the_other_sides_change_along():
    ours = BASE.replace("## A", "## Alpha")
    assert merge(BASE, ours, BASE.replace("two", "2")).text == ours.replace("two", "2")


def test_sections_that_both_add_at_one_place_are_both_kept():
    ours, theirs = BASE.replace("## C", "## N\n\nnew\n\n## C"), BASE.replace("## C", "## M\n\nmore\n\n## C")
    assert merge(BASE, ours, theirs).text == BASE.replace("## C", "## N\n\nnew\n\n## M\n\nmore\n\n## C")


def test_a_section_that_both_add_is_merged_by_line():
    ours, theirs = BASE + "\n## N\n\nsame\n", BASE + "\n## N\n\nsame\nmore\n"
    result = merge(BASE, ours, theirs)
    assert Counter(lines_of(result))["## N\n"] <= 2
    assert "more\n" in lines_of(result)


def test_a_section_gone_here_and_changed_there_is_a_conflict_that_keeps_it():
    ours = BASE.replace("## A\n\none\ntwo\nthree\n\n", "")
    result = merge(BASE, ours, BASE.replace("two", "2"))
    assert result.text is None
    assert "2\n" in lines_of(result)


def test_a_section_gone_on_one_side_is_gone():
    ours = BASE.replace("## A\n\none\ntwo\nthree\n\n", "")
    assert merge(BASE, ours, BASE.replace("end", "END")).text == ours.replace("end", "END")


def test_bullets_and_rows_that_both_add_do_not_contradict_each_other():
    ours, theirs = BASE.replace("- y\n", "- y\n- ours\n"), BASE.replace("- y\n", "- y\n- theirs\n")
    assert merge(BASE, ours, theirs).text == BASE.replace("- y\n", "- y\n- ours\n- theirs\n")
    table = "# T\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    merged = merge(table, table + "| 3 | 4 |\n", table + "| 5 | 6 |\n")
    assert merged.text == table + "| 3 | 4 |\n| 5 | 6 |\n"
    assert merge(table, table + "prose\n", table + "other prose\n").conflicts


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("- **Owner**: Ada\n", "- **Owner**: Bob\n"),
        ("| a | 1 |\n", "| a | 2 |\n"),
        ("- one\n", "  - two\n"),
        ("- one\n", "* two\n"),
        ("- one\n- x\n- x\n", "- two\n"),
        ("| a |\n| - |\n", "| b |\n"),
    ],
)
def test_entries_that_may_contradict_each_other_are_a_conflict(ours, theirs):
    assert merge("# T\n\n", "# T\n\n" + ours, "# T\n\n" + theirs).conflicts
    assert merge("# T\n\n", "# T\n\n" + theirs, "# T\n\n" + ours).conflicts


def test_an_entry_that_both_add_stands_once():
    merged = merge("- a\n", "- a\n- b: 1\n- c\n", "- a\n- d\n- b: 1\n")
    assert merged.text == "- a\n- b: 1\n- c\n- d\n"


def test_a_title_that_stands_twice_is_not_mistaken():
    base = "# T\n\n## A\n\n### Notes\n\none\ntwo\nthree\n"
    ours = base.replace("## A\n", "## Z\n\n### Notes\n\nnew\n\n## A\n")
    assert merge(base, ours, base.replace("two", "2")).text == ours.replace("two", "2")


def test_a_section_that_both_move_stands_once():
    a, b, c, d = (f"## {name}\n\nof {name}\n\n" for name in "ABCD")
    for ours, theirs in [
        (b + a + c + d, b + c + a + d),
        (b + c + a + d, b + c + d + a),
        (d + a + b + c, a + d + b + c),
    ]:
        merged = merge(a + b + c + d, ours, theirs.replace("of A", "from A")).text
        assert merged is not None
        assert Counter(split_lines(merged)) == Counter(split_lines(ours.replace("of A", "from A")))


def test_markers_grow_until_no_line_looks_like_one():
    base = "a\n=======\n"
    shown = merge(base, "b\n=======\n", "c\n=======\n").with_markers()
    assert "<<<<<<<< ours\nb\n|||||||| base\na\n========\nc\n>>>>>>>> theirs\n=======\n" in shown


def test_line_ends_and_a_missing_last_one_are_kept():
    base = "# T\r\n\r\n## A\r\n\r\none\r\n\r\n## B\r\n\r\nlast"
    assert merge(base, base.replace("one", "1"), base + "!").text == base.replace("one", "1") + "!"
    moved = "# T\r\n\r\n## B\r\n\r\nlast\r\n## A\r\n\r\none\r\n\r\n"
    assert merge(base, moved.replace("last\r\n", "last\r\n"), base.replace("one", "1")).text is not None


def edited(text, seed):
    """The text after a few random edits of lines and sections, now and then with other line ends."""
    chance = random.Random(seed)
    lines = split_lines(text.replace("\n", "\r\n") if chance.random() < 0.1 else text)
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(len(lines) + 1)
        kind = chance.choice(["add", "remove", "change", "move", "heading"])
        if kind == "add":
            lines.insert(at, f"new line {chance.randint(0, 99)}\n")
        elif kind == "heading":
            lines.insert(at, f"## New {chance.randint(0, 3)}\n")
        elif lines and kind == "remove":
            del lines[at : at + chance.randint(1, 4)]
        elif lines and kind == "change":
            lines[at % len(lines)] = f"changed {chance.randint(0, 9)}\n"
        elif lines:
            block = lines[at : at + 8]
            del lines[at : at + 8]
            to = chance.randrange(len(lines) + 1)
            lines[to:to] = block
    return "".join(lines)


TEXTS = [*[path.read_bytes().decode("utf-8", "replace")[:6_000] for path in corpus.documents()][:8], BASE, "", "x"]
SEEDS = st.integers(0, 10**6)


def halves_of(result):
    """The settled lines with either side's half of the conflicts."""
    return [
        Counter(
            line
            for piece in result.pieces
            for line in (getattr(piece, side) if isinstance(piece, Conflict) else piece.lines)
        )
        for side in ("ours", "theirs")
    ]


@examples(80)
@given(st.sampled_from(TEXTS), SEEDS, SEEDS)
def test_nothing_is_dropped(base, one, other):
    ours, theirs = edited(base, one), edited(base, other)
    result = merge(base, ours, theirs)
    before, sides = Counter(split_lines(base)), [Counter(split_lines(side)) for side in (ours, theirs)]
    held = halves_of(result)
    for mine, side in zip(held, sides, strict=True):
        assert not (side - before) - mine
    for line, count in before.items():
        if count == 1 and line in sides[0] and line in sides[1]:
            assert line in held[0] or line in held[1]


@examples(80)
@given(st.sampled_from(TEXTS), SEEDS, SEEDS)
def test_the_sides_exchanged_give_the_same_but_for_the_order(base, one, other):
    ours, theirs = edited(base, one), edited(base, other)
    result, exchanged = merge(base, ours, theirs), merge(base, theirs, ours)
    assert merge(base, ours, theirs) == result
    assert halves_of(result) == halves_of(exchanged)[::-1]
    turned = [(conflict.base, conflict.theirs, conflict.ours) for conflict in exchanged.conflicts]
    assert Counter((one.base, one.ours, one.theirs) for one in result.conflicts) == Counter(turned)


@examples(60)
@given(st.sampled_from(TEXTS), SEEDS, SEEDS)
def test_conflicts_say_where_they_stand(base, one, other):
    texts = base, edited(base, one), edited(base, other)
    for conflict in merge(*texts).conflicts:
        for text, at, lines in zip(texts, conflict.at, (conflict.base, conflict.ours, conflict.theirs), strict=True):
            assert tuple(split_lines(text)[at : at + len(lines)]) == lines


@examples(60)
@given(st.sampled_from(TEXTS), SEEDS)
def test_one_side_alone_is_what_comes_out(base, seed):
    changed = edited(base, seed)
    assert merge(base, changed, base).text == changed
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, changed).text == changed


@pytest.mark.parametrize(
    "texts", [("", "a", "b"), ("a", "", "b"), ("\ufeffa\r\nb", "a\rb", "a\nb"), ("\0", "\0\n", "x")]
)
def test_odd_texts(texts):
    result = merge(*texts)
    assert result.with_markers()


def test_markers_may_have_to_be_very_long():
    shown = merge("a\n", "b\n" + "<" * 100_000 + "\n", "c\n").with_markers()
    assert shown.startswith("<" * 100_001 + " ours\nb\n")


def test_a_huge_text_is_merged():
    base = "".join(f"## S{at}\n\nline {at}\n\n" for at in range(4_000))
    ours, theirs = base.replace("## S", "## T"), base.replace("line 777\n", "other\n")
    assert merge(base, ours, theirs).text == ours.replace("line 777\n", "other\n")


def test_a_label_twice_on_one_side_is_for_people():
    base = "# A\n\n- a: 1\n"
    assert merge(base, base + "- b: 2\n- b: 3\n", base + "- c: 4\n").conflicts
