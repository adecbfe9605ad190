"""What holds for any two texts, and for known edits of real documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff.change import Weight
from app.domain.diff.semantic import compare
from app.domain.parse import parse
from tests import corpus
from tests.examples import examples

TEXTS = {path.name: path.read_bytes().decode("utf-8", "replace") for path in corpus.documents()}
PIECES = [
    *(
        "# A\n",
        "## B\r\n",
        "## B\n",
        "### C\n",
        "# \n",
        "===\n",
        "---\n",
        "\ufeff",
        "text \n",
        "text\n",
        "must\n",
        "\n",
        "\r",
    ),
    *(
        "* x\n",
        "- x\n",
        "  - x\n",
        "```\n",
        "> q\n",
        "|a|b|\n|-|-|\n",
        "[a](b)\n",
        "<b>\n",
        "&amp; \\* \u2028\n",
        "\ud800\n",
    ),
    *("status: draft\n", "owner: a\n", "## Components\n", "- **Dependencies**: B\n"),
]
LINES = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
LIGHT = [("\n", "\r\n"), (". ", ".  "), ("’", "'")]
HEAVY = ["\n\nIt must not.\n", "\n\n## A new one\n", "\n\nSee [this](x.md).\n", "\n\n    code\n", "\n\n7\n"]


@given(LINES, LINES)
def test_nothing_changed_exactly_when_the_texts_are_equal(old, new):
    found = compare(parse(old), parse(new))
    assert bool(found.changes + found.workflow) is (old != new)


@given(st.text(), st.text())
def test_any_text_can_be_compared(old, new):
    found = compare(parse(old), parse(new))
    assert bool(found.changes + found.workflow) is (old != new)


@given(LINES, LINES)
def test_the_same_two_texts_give_the_same_comparison(old, new):
    assert compare(parse(old), parse(new)) == compare(parse(old), parse(new))


@examples(30)
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_an_editorial_edit_never_hides_a_material_one(name, data):
    text = TEXTS[name]
    lines = text.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines)))
    light = data.draw(st.sampled_from(LIGHT))
    edited = "".join(lines[:at]) + data.draw(st.sampled_from(HEAVY)) + "".join(lines[at:])
    first = compare(parse(text), parse(edited)).weight
    then = compare(parse(text), parse(edited.replace(*light))).weight
    assert first is None or (then is not None and then.rank >= first.rank)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_known_edits_of_real_documents(name):
    text = TEXTS[name]
    design = parse(text)
    assert compare(design, parse(text)).weight is None
    assert compare(design, parse(text.rstrip("\r\n") + "\n\n\n\n")).weight is Weight.editorial
    for added in ["\n\nIt must not.\n", "\n\n## A new one\n", "\n\nSee [this](x.md).\n"]:
        assert compare(design, parse(text + added)).weight is Weight.material
    assert compare(design, parse("")).weight is Weight.material
