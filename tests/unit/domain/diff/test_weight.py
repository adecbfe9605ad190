"""The border between editorial, wording and material, from both sides."""

import pytest

from app.domain.diff.change import Weight
from app.domain.diff.weight import weigh, words

CASES = [
    ("a  b", "a\nb", Weight.editorial),
    ("“so” – it…", '"so" - it...', Weight.editorial),
    ("* a", "- a", Weight.editorial),
    ("it’s", "it's", Weight.editorial),
    ("a big house", "a large house", Weight.wording),
    ("the text", "the whole text", Weight.wording),
    ("is now sent", "is not sent", Weight.material),
    ("version 1.0", "version 10", Weight.material),
    ("it must go", "it should go", Weight.material),
    ("it can go", "it can't go", Weight.material),
    ("it can go", "it cannot go", Weight.material),
    ("a <= b", "a < b", Weight.material),
    ("200 ms", "200 s", Weight.material),
    ("red and blue", "red or blue", Weight.material),
    ("see [a](b)", "see [a](c)", Weight.material),
    ("call `a`", "call `b`", Weight.material),
    ("uses Billing", "uses it", Weight.material),
    ("a userId here", "a userid here", Weight.material),
    ("value - 1", "value -1", Weight.material),
    ("on 2026-01-02", "on 2026-02-01", Weight.material),
]


@pytest.mark.parametrize(("old", "new", "weight"), CASES)
def test_weight(old, new, weight):
    names = frozenset({"billing"})
    assert weigh(words(old), words(new), names)[0] is weight
    assert weigh(words(new), words(old), names)[0] is weight
