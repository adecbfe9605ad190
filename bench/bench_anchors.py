"""Finding passages again after edits whose truth is known: how often, how often wrongly, and how fast.

A passage exists when at least half of its letters stand at one place. Wrong is a span that shares less than half with
that place, or any span for a passage that is gone. Limits are printed, not enforced, and hold with the old text at
hand, as it always is for a stored revision. Every run draws the same trials, from several seeds.
"""

import random
import time
from collections.abc import Callable, Iterable
from functools import partial

from app.domain.anchors.anchor import anchor
from app.domain.anchors.reanchor import Fate, reanchor_all
from app.domain.parse import parse
from bench.bench_engine import UNIT, of_size, read
from tests import corpus, trials
from tests.trials import Trial

FOUND_LIMIT, WRONG_LIMIT, TIME_LIMIT = 98.0, 0.1, 50.0  # percent, percent, milliseconds
SEEDS = (20, 21, 22)
REVISIONS = 20  # of each kind and seed, with the old text; half of it without
PASSAGES = 40
MANY = 200
ROUNDS = 12  # of the times, the least counts


def rates(trials_: Iterable[Trial]) -> tuple[int, float, float, float]:
    """Trials; found of those that exist, wrong and orphaned of all, in percent."""
    all_ = list(trials_)
    existing = [trial for trial in all_ if trial.exists]
    found = sum(trial.right for trial in existing) / max(1, len(existing))
    wrong = sum(trial.wrong for trial in all_) / len(all_)
    orphaned = sum(trial.fate is Fate.orphaned for trial in all_) / len(all_)
    return len(all_), 100 * found, 100 * wrong, 100 * orphaned


def line(name: str, trials_: Iterable[Trial]) -> str:
    count, found, wrong, orphaned = rates(trials_)
    return f"{name:<24}{count:7}{found:9.2f} %{wrong:8.3f} %{orphaned:8.1f} %"


def accuracy(texts: list[str], revisions: int, *, with_old: bool) -> list[Trial]:
    """One line for each kind over all seeds, and one for each seed over all kinds."""
    by_seed: dict[int, list[Trial]] = {seed: [] for seed in SEEDS}
    chances = {seed: random.Random(seed) for seed in SEEDS}
    print(f"{'':<24}{'trials':>7}{'found':>11}{'wrong':>10}{'orphans':>10}")
    for kind in trials.KINDS:
        some: list[Trial] = []
        for seed, rng in chances.items():
            for _ in range(revisions):
                found = list(trials.run(rng.choice(texts), kind, rng, count=PASSAGES, with_old=with_old))
                by_seed[seed] += found
                some += found
        print(line(kind.replace("_", " "), some), flush=True)
    for seed, drawn in by_seed.items():
        print(line(f"all, seed {seed}", drawn))
    return [trial for drawn in by_seed.values() for trial in drawn]


def speed(texts: list[str]) -> None:
    rng = random.Random(20)
    text = trials.plain(of_size(texts, UNIT))
    drawn = [(start, end) for _, start, end in trials.passages(text, rng, MANY)]
    old, places = parse(text), trials.Places(text)
    anchors = [anchor(old, places.span(*ends)) for ends in drawn]
    edited = trials.revise(text, trials.SEVERAL, drawn[: MANY // 5], rng).text
    print(f"{MANY} anchors in {UNIT // 1000} KB with several edits at once: ", end="")
    taken = least(partial(reanchor_all, anchors, old, parse(edited)))
    print(f"{taken:.1f} ms, {verdict(TIME_LIMIT, taken)}")
    taken = least(partial(reanchor_all, anchors, old, parse(trials.plain(of_size(texts[::-1], UNIT)))))
    print(f"the same in a text that has nothing of the old one: {taken:.1f} ms")


def least(work: Callable[[], object]) -> float:
    """Milliseconds of the process: what else the machine does is no part of it."""
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return 1000 * min(taken)


def verdict(limit: float, measured: float, *, least: bool = False) -> str:
    holds = measured >= limit if least else measured <= limit
    return f"limit {'>=' if least else '<='} {limit:g}: {'holds' if holds else 'DOES NOT HOLD'}"


def main() -> None:
    documents = [trials.plain(read(path)) for path in corpus.documents()]
    texts = [text for text in documents if len(text) > 3000] or documents
    _, found, wrong, _ = rates(accuracy(texts, REVISIONS, with_old=True))
    print(f"found when it exists {found:.2f} %, {verdict(FOUND_LIMIT, found, least=True)}")
    print(f"wrong place {wrong:.3f} %, {verdict(WRONG_LIMIT, wrong)}")
    print("without the old text:")
    accuracy(texts, REVISIONS // 2, with_old=False)
    speed(texts)
