"""What is kept of a passage."""

import json

import pytest

from app.domain.anchors.anchor import Anchor, anchor
from app.domain.parse import parse
from app.domain.text import Position, Span

TEXT = "# Title\r\n\r\n## One\r\n\r\nThe  first 😀 line\r\nand the second.\r\n\r\n## Two\r\n\r\nThe second.\r\n"


def span(*numbers: int) -> Span:
    return Span(Position(*numbers[:2]), Position(*numbers[2:]))


def test_a_quote_over_lines_has_plain_line_ends_and_single_blanks_around():
    made = anchor(parse(TEXT), span(4, 11, 5, 3))
    assert made.quote == "😀 line\nand"
    assert made.prefix == "# Title ## One The first "
    assert made.suffix == " the second. ## Two The second."
    assert (made.section_id, made.section_title) == ("one", "One")


@pytest.mark.parametrize(
    ("place", "twins", "before"),
    [((4, 5, 4, 10), 0, 0), ((9, 4, 9, 10), 1, 1), ((5, 8, 5, 14), 1, 0), ((1, 0, 1, 0), 0, 0)],
)
def test_it_knows_how_often_the_quote_stands_elsewhere(place, twins, before):
    made = anchor(parse(TEXT), span(*place))
    assert (made.twins, made.before, made.alone) == (twins, before, twins == 0)


def test_before_the_first_heading_there_is_no_section():
    made = anchor(parse("intro\n\n# A\n"), span(0, 0, 0, 5))
    assert (made.section_id, made.section_title, made.quote) == ("", "", "intro")


@pytest.mark.parametrize("text", ["", "a", "a\n", "# A\n\nb"])
def test_a_span_beyond_the_text_is_cut_off_there(text):
    assert anchor(parse(text), span(0, 0, 99, 99)).quote == text


def test_it_comes_back_from_storage_as_it_was():
    made = anchor(parse(TEXT), span(4, 11, 5, 3))
    assert Anchor.from_dict(json.loads(json.dumps(made.to_dict()))) == made


def test_an_unknown_version_is_refused():
    stored = anchor(parse(TEXT), span(4, 0, 4, 3)).to_dict() | {"version": 7}
    with pytest.raises(ValueError, match="version 7"):
        Anchor.from_dict(stored)
