"""The alignment of two sequences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff import matching
from app.domain.diff.matching import Run, changed, runs

ITEMS = st.lists(st.integers(0, 6), max_size=40)


@given(ITEMS, ITEMS)
def test_the_runs_cover_both_sides_in_order_and_alternate(old, new):
    found = runs(old, new)
    at_old = at_new = 0
    for run in found:
        assert (run.old_start, run.new_start) == (at_old, at_new)
        assert not run.same or old[run.old_start : run.old_end] == new[run.new_start : run.new_end]
        assert run.old_end > run.old_start or run.new_end > run.new_start
        at_old, at_new = run.old_end, run.new_end
    assert (at_old, at_new) == (len(old), len(new))
    assert all(before.same != after.same for before, after in pairwise(found))


@given(ITEMS)
def test_equal_sequences_have_no_change(items):
    assert changed(items, items) == []


def test_what_is_unique_holds_its_place_among_what_is_not():
    old = ["", "## A", "", "x", "", "## B", "", "y", ""]
    new = ["", "## A", "", "x", "", "## N", "", "z", "", "## B", "", "y", ""]
    assert changed(old, new) == [Run(5, 5, 5, 9, same=False)]


def test_a_replaced_item_is_one_run():
    assert runs("abc", "axc") == [Run(0, 1, 0, 1, same=True), Run(1, 2, 1, 2, same=False), Run(2, 3, 2, 3, same=True)]


def test_a_gap_beyond_the_bound_is_replaced_whole(monkeypatch):
    monkeypatch.setattr(matching, "MOST_PAIRS", 3)
    assert runs([1, 2, 1, 2], [2, 1, 2, 1]) == [Run(0, 4, 0, 4, same=False)]


@pytest.mark.parametrize(("old", "new", "wanted"), [("", "", []), ("", "a", [Run(0, 0, 0, 1, same=False)])])
def test_nothing_on_one_side(old, new, wanted):
    assert runs(old, new) == wanted
