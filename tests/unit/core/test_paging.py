"""Cursors: what was encoded comes back, and nothing else is taken."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import paging
from app.core.errors import Invalid

MOMENT = datetime(2026, 11, 23, 4, 5, 6, 789, tzinfo=UTC)


def test_a_key_comes_back_as_it_was():
    cursor = paging.encode(MOMENT, "0123abcd", 7)
    assert paging.decode(cursor, datetime, str, int) == (MOMENT, "0123abcd", 7)


@pytest.mark.req("PAGE-01")
@pytest.mark.parametrize("value", [0, -1, 101, 10**9])
def test_an_odd_page_size_is_refused(value):
    with pytest.raises(Invalid):
        paging.limit(value)


def test_page_sizes_within_the_limits_are_taken():
    assert [paging.limit(value) for value in (None, 1, 100)] == [25, 1, 100]


@pytest.mark.req("PAGE-01")
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "====",
        "ü",
        paging.encode("only one"),
        paging.encode("2026-11-23T04:05:06", "naive"),
        paging.encode(MOMENT, "a\0b"),
        paging.encode(MOMENT, 3),
        "W1" * 400,
    ],
)
def test_nonsense_is_invalid(cursor):
    with pytest.raises(Invalid):
        paging.decode(cursor, datetime, str)


@given(st.text())
def test_any_other_text_is_invalid_too(cursor):
    with pytest.raises(Invalid) as refused:
        paging.decode(cursor, datetime, str)
    assert refused.value.details == {"field": "cursor"}
