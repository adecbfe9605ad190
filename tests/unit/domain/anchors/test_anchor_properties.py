"""What holds for finding passages again in any texts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.anchors.anchor import anchor
from app.domain.anchors.reanchor import Fate, Found, reanchor, reanchor_all
from app.domain.parse import parse
from app.domain.text import Position, Span
from tests import corpus
from tests.examples import examples

PIECES = (
    "# A\n",
    "## B\r\n",
    "one two",
    " 😀",
    "e\u0301",
    "\r",
    "\n",
    "\n\n",
    "\t",
    "| a | b |\n",
    "漢字",
    "```\n",
    "\ud800",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
NUMBERS = st.integers(0, 2**30)


def last(text: str) -> Position:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Position(len(lines) - 1, len(lines[-1]))


def some_span(text: str, seed: int) -> Span:
    """Between two places of the text, each inside a line."""
    rng = random.Random(seed)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = [(line := rng.randrange(len(lines)), rng.randrange(len(lines[line]) + 1)) for _ in range(2)]
    start, end = sorted(Position(*place) for place in places)
    return Span(start, end)


@given(TEXTS, NUMBERS)
def test_in_the_same_text_every_span_is_found_where_it_is(text, seed):
    design, span = parse(text), some_span(text, seed)
    found = reanchor(anchor(design, span), design, parse(text))
    assert (found.fate, found.span, found.score) == (Fate.exact, span, 1)


@examples(200)
@given(TEXTS, TEXTS, NUMBERS, st.booleans())
def test_what_is_found_lies_inside_and_is_found_again(old, new, seed, with_old):
    design, other = parse(old), parse(new)
    made = anchor(design, some_span(old, seed))
    found = reanchor(made, design if with_old else None, other)
    assert found == reanchor(made, design if with_old else None, other)
    assert holds(found, new)
    assert not found.section_id or other.section(found.section_id)


def holds(found: Found, text: str) -> bool:
    if found.fate is Fate.orphaned:
        return found.span is None and found.score == 0
    assert found.span
    return Position(0, 0) <= found.span.start <= found.span.end <= last(text) and 0.7 <= found.score <= 1


@given(TEXTS, st.sampled_from([Span(Position(9, 9), Position(99, 0)), Span(Position(1, 9), Position(0, 3))]))
def test_a_span_outside_or_back_to_front_is_cut(text, span):
    design = parse(text)
    made = anchor(design, span)
    assert Position(0, 0) <= made.start <= made.end <= last(text)
    assert holds(reanchor(made, design, parse(text + "\nmore")), text + "\nmore")


@pytest.mark.thorough
def test_two_megabytes_of_other_text():
    texts = [path.read_bytes().decode("utf-8", "replace") for path in corpus.documents()]
    whole = "\n\n".join(texts)
    large = (whole * (2_000_000 // len(whole) + 1))[:2_000_000]
    old, new = parse(large), parse(large[1_000_000:] + large[:999_000])
    ends = [
        (Position(3, 0), Position(40_000, 5)),
        (Position(20_000, 0), Position(20_001, 0)),
        (Position(0, 0), last(large)),
    ]
    made = [anchor(old, Span(*both)) for both in ends]
    assert all(holds(one, new.text) for known in (old, None) for one in reanchor_all(made, known, new))
