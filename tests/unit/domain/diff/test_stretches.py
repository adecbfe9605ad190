"""Large comparisons: lines before words says the same as all words do, and what nobody read is said to weigh."""

import pytest
from hypothesis import given

from app.domain.diff import semantic, stretches
from app.domain.diff.change import Weight
from app.domain.diff.semantic import compare
from app.domain.parse import parse
from tests import corpus
from tests.unit.domain.diff.test_semantic import CASES, SHOP
from tests.unit.domain.diff.test_semantic_properties import LINES


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch):
    monkeypatch.setattr(stretches, "_LARGE", -1)


def told(old: str, new: str):
    return compare(parse(old), parse(new))


@pytest.mark.parametrize(("old", "new", "weight", "sentence"), CASES)
def test_an_edit_has_the_same_weight_and_sentence(old, new, weight, sentence):
    found = told(SHOP, SHOP.replace(old, new, 1))
    assert found.weight is weight
    assert sentence in [change.sentence for change in found.changes]
    assert told(SHOP, SHOP.replace(old, new, 1).replace("\n", "\r\n")).weight is weight


@given(LINES, LINES)
def test_nothing_changed_exactly_when_the_texts_are_equal(old, new):
    found = told(old, new)
    assert bool(found.changes + found.workflow) is (old != new)


@pytest.mark.parametrize("name", [path.name for path in corpus.documents()])
def test_real_documents_weigh_what_they_weigh_word_by_word(name, monkeypatch):
    text = next(path for path in corpus.documents() if path.name == name).read_bytes().decode("utf-8", "replace")
    edits = [("the ", "the  "), (". ", ".\n"), (" is ", " was "), (" should ", " must "), ("\n- ", "\n* "), ("1", "2")]
    by_line = [told(text, text.replace(*edit)).weight for edit in edits]
    monkeypatch.setattr(stretches, "_LARGE", 10**9)
    assert by_line == [told(text, text.replace(*edit)).weight for edit in edits]


def test_unchanged_lines_in_other_blocks_are_told():
    body = "".join(f"line {at}\n" for at in range(20))
    found = told(f"# A\n\nfirst\n{body}", f"# A\n\nfirst\n```\n{body}")
    assert "structure of A changed" in [change.sentence for change in found.changes]


def test_what_is_too_much_to_read_is_material(monkeypatch):
    monkeypatch.setattr(stretches, "_MOST", 20)
    found = told("# A\n\none two\n\n# B\n\nthree four\n", "# A\n\none 2\n\n# B\n\nthree\nfour\n")
    assert [(change.sentence, change.weight) for change in found.changes] == [
        ("“two” → “2” in A", Weight.material),
        ("text of B changed", Weight.material),
    ]
    assert found.changes[1].new is not None


def test_too_many_sections_are_told_as_one(monkeypatch):
    monkeypatch.setattr(stretches, "_MOST_SECTIONS", 1)
    monkeypatch.setattr(semantic, "_MOST_SECTIONS", 2)
    old = "".join(f"# A{at}\n\nwords {at}\n\n" for at in range(9))
    found = told(
        old, old.replace("words", "phrases") + "".join(f"# New thing {'x' * at * 9}\n\n{at}\n" for at in range(5))
    )
    sentences = [change.sentence for change in found.changes]
    assert "text of 8 sections changed" in sentences
    assert "3 more sections added" in sentences
    many = next(change for change in found.changes if change.sentence == "text of 8 sections changed")
    assert many.sections == tuple(f"A{at}" for at in range(1, 9))
