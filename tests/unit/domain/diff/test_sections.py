"""Which section became which: the same answer for words, lines, merging and blame."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff import sections
from app.domain.diff.parts import parts
from app.domain.diff.sections import Fate, pair_parts, pairing
from app.domain.parse import parse

PIECES = ["# A\n", "## B\n", "## C\n", "### B\n", "#### D\n", "one\n", "two words\n", "three\n", "\n", "- x\n"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)
BODY = "It keeps the books of the shop, and every night it sends what was sold to the bank.\n\n"


def fates(old: str, new: str) -> list[tuple[str, str, str]]:
    found = pair_parts(parts(parse(old)), parts(parse(new)))[1:]
    return [(fate.value, one.title if one else "", two.title if two else "") for fate, one, two in found]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("# A\n# B\n", "# B\n# A\n", [("kept", "B", "B"), ("moved", "A", "A")]),
        (f"# A\n{BODY}", f"# Z\n{BODY}", [("renamed", "A", "Z")]),
        ("# Overview of it\none\n", "# Overview of all\ntwo\n", [("renamed", "Overview of it", "Overview of all")]),
        ("# A\none\n", "# Z\ntwo\n", [("added", "", "Z"), ("removed", "A", "")]),
        ("# A\n", "# a\n", [("renamed", "A", "a")]),
        ("# A\n## B\n", "# A\n### B\n", [("kept", "A", "A"), ("moved", "B", "B")]),
        # A second section of a title, put in before the first, is the new one: their ids say the opposite.
        (
            f"# A\n## Goals\n{BODY}",
            f"# Z\n## Goals\nother\n# A\n## Goals\n{BODY}",
            [("added", "", "Z"), ("added", "", "Goals"), ("kept", "A", "A"), ("kept", "Goals", "Goals")],
        ),
        # What only went along with the section around it did not move.
        (
            "# A\n## B\n# C\n## D\n",
            "# C\n## D\n# A\n## B\n",
            [("kept", "C", "C"), ("kept", "D", "D"), ("moved", "A", "A"), ("kept", "B", "B")],
        ),
        # A heading over headings alone has no words.
        (
            "# A\n## B\none\n## C\nk\n",
            "# X\n## B\none\n## C\nk\n",
            [("renamed", "A", "X"), ("kept", "B", "B"), ("kept", "C", "C")],
        ),
    ],
)  # fmt: skip
def test_fates(old, new, wanted):
    assert fates(old, new) == wanted


@given(TEXTS, TEXTS)
def test_every_part_of_either_side_comes_once_and_new_ones_in_order(old, new):
    before, after = parts(parse(old)), parts(parse(new))
    found = pair_parts(before, after)
    assert [two for _, _, two in found if two] == list(after)
    assert sorted(one.first_line for _, one, _ in found if one) == [part.first_line for part in before]
    for fate, one, two in found:
        assert (one is None) is (fate is Fate.added)
        assert (two is None) is (fate is Fate.removed)
    assert found[0][1:] == (before[0], after[0])


@given(TEXTS)
def test_a_text_is_itself(text):
    cut = parts(parse(text))
    found = pairing(cut, cut)
    assert found.places == {at: at for at in range(len(cut))}
    assert found.moved == frozenset()


def test_sections_that_share_few_lines_are_not_one(monkeypatch):
    monkeypatch.setattr(sections, "_MOST_WORDS", 0)
    assert fates("# A\n\none\ntwo\nthree\n", "# Z\n\none\nfour\nfive\n") == [("added", "", "Z"), ("removed", "A", "")]


def test_of_too_many_sections_none_is_looked_for(monkeypatch):
    monkeypatch.setattr(sections, "_MOST_LEFT", 1)
    assert fates(f"# A\n{BODY}", f"# Z\n{BODY}") == [("added", "", "Z"), ("removed", "A", "")]


def test_where_all_against_all_takes_too_long_lines_decide():
    old = "".join(f"# Old {at}\n\nline {at} of it\nand {at} more\nthe same in all\n" for at in range(400))
    new = "".join(f"# Now {at}\n\nline {at} of it\nand {at} more\nthe same in all\n" for at in range(400))
    found = pair_parts(parts(parse(old)), parts(parse(new)))
    assert all(fate is Fate.renamed for fate, _, _ in found[1:])
    assert [one.title[4:] for _, one, _ in found[1:]] == [two.title[4:] for _, _, two in found[1:]]
