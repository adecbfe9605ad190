"""How often passages are found again after edits whose truth is known; `make bench ARGS=anchors` draws more of them."""

import random

import pytest

from app.domain.anchors.reanchor import Fate
from tests import corpus, trials
from tests.trials import Trial, run

SHARE_FOUND, SHARE_WRONG = 0.98, 0.001


@pytest.fixture(scope="module")
def drawn() -> list[Trial]:
    texts = [trials.plain(path.read_bytes().decode("utf-8", "replace")) for path in corpus.documents()]
    # Where there are only short documents, one after another they are as long as a real one.
    texts = [text for text in texts if len(text) > 10_000] or ["\n".join(texts)]
    rng = random.Random(1)
    return [trial for kind in trials.KINDS for _ in range(2) for trial in run(rng.choice(texts), kind, rng, count=40)]


def test_what_exists_is_found(drawn):
    existing = [trial for trial in drawn if trial.exists]
    assert len(existing) > 900
    assert sum(trial.right for trial in existing) / len(existing) >= SHARE_FOUND


def test_what_is_found_is_the_passage(drawn):
    wrong = [trial for trial in drawn if trial.wrong]
    assert len(wrong) / len(drawn) <= SHARE_WRONG, wrong


def test_what_was_deleted_is_an_orphan(drawn):
    gone = [trial for trial in drawn if not trial.exists and trial.kind in ("passage_deleted", trials.TWIN)]
    assert len(gone) > 20
    assert sum(trial.fate is Fate.orphaned for trial in gone) / len(gone) >= SHARE_FOUND
