"""The border between wording and material, word by word."""

import pytest

from app.domain.diff.change import Weight
from app.domain.diff.weight import fold, weigh

NAMES = frozenset({"billing", "ledger"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("big", "large"),
        ("The", "A"),
        ("well-known", "known"),
        ("it's", "it"),
        ("", "quite"),
        ("(so)", "so"),
        (".", ","),
    ],
)
def test_plain_words_are_wording_both_ways(old, new):
    assert weigh(old.split(), new.split(), NAMES) is Weight.wording
    assert weigh(new.split(), old.split(), NAMES) is Weight.wording


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("now", "not"),
        ("must", "should"),
        ("Must", "will"),
        ("can", "can't"),
        ("can", "cannot"),
        ("isn’t", "is"),
        ("and", "or"),
        ("safe", "unsafe"),
        ("possible", "impossible"),
        ("blocking", "non-blocking"),
        ("", "only"),
        ("1.0", "10"),
        ("<=", "<"),
        ("ms", "s"),
        ("it", "Billing"),
        ("it", "billing's"),
        ("userId", "userid"),
        ("été", "hiver"),
        ("a", "`a`"),
        ("that?", "that!"),
        ("read-only", "read"),
        ("all", "some"),
    ],
)
def test_whatever_may_bind_is_material_both_ways(old, new):
    assert weigh(old.split(), new.split(), NAMES) is Weight.material
    assert weigh(new.split(), old.split(), NAMES) is Weight.material


def test_what_stands_behind_a_number_is_a_unit():
    assert weigh(["apples"], ["pears"], NAMES, "5") is Weight.material
    assert weigh(["apples"], ["pears"], NAMES, "fresh") is Weight.wording


def test_folding_keeps_words_apart():
    assert fold("“so”  –\nit’s…") == '"so" - it\'s...'
    assert fold("a b") != fold("ab")
