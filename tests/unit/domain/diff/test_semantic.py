"""Two designs compared: sections, words, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff.change import Weight
from app.domain.diff.semantic import compare, summary
from app.domain.parse import parse
from tests import corpus

LINES = st.lists(
    st.sampled_from(["# A\n", "## B\r\n", "\ufeff", "text \n", "text\n", "* x\n", "- x\n", "```\n", "must\n"])
)
BASE = "# T\n\n## One\n\nsome words [a](b) here\n\n```\na b\n```\n\n## Two\n\nmore\n"


@given(LINES.map("".join), LINES.map("".join))
def test_nothing_changed_exactly_when_the_texts_are_equal(old, new):
    found = compare(parse(old), parse(new))
    assert bool(found.changes + found.workflow) is (old != new)


@pytest.mark.parametrize(
    ("old", "new", "weight", "sentence"),
    [
        ("some words", "some\nwords", Weight.editorial, "Layout changed in One"),
        ("some words", "some phrases", Weight.wording, "1 word changed in One"),
        ("some words", "some 3 words", Weight.material, "1 word changed in One"),
        ("(b)", "(c)", Weight.material, "1 word changed in One"),
        ("a b", "a  b", Weight.material, "Layout changed in One"),
        ("## Two\n\nmore\n", "", Weight.material, "Section Two removed"),
    ],
)
def test_an_edit_has_its_weight_and_its_sentence(old, new, weight, sentence):
    found = compare(parse(BASE), parse(BASE.replace(old, new, 1)))
    assert (found.weight, summary(found)) == (weight, sentence)


def test_a_moved_section_is_material():
    found = compare(parse("## A\n\nx\n\n## B\n\ny\n"), parse("## B\n\ny\n\n## A\n\nx\n"))
    assert found.weight is Weight.material


def test_real_documents_with_one_more_line():
    for path in corpus.documents():
        text = path.read_bytes().decode("utf-8", "replace")
        design = parse(text)
        assert compare(design, design).weight is None
        assert compare(design, parse(text + "\n\nIt must not.\n")).weight is Weight.material
