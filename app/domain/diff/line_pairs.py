"""Which line of one side became which of the other. What differs inside a pair `app.domain.diff.marks` tells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from app.domain.diff.matching import common_ends, runs

# Two lines are one line that changed when they share at least this much of their words.
_ALIKE, _VERY_ALIKE = 0.4, 0.7
# For one pair of texts: so many pairs of lines are compared, and so many pairs of words in them. What is beyond is
# taken as removed and added.
_MOST_LINES, _MOST_WORDS = 60_000, 1_000_000_000
# For one gap between equal lines.
_MOST_IN_GAP = 10_000
_LONGEST = 50_000
_WORD = re.compile(r"[^\W\d_]+|\d+")
_DIFFERENT_WORDS = 0xD000  # beyond them are surrogates

Pair = tuple[int | None, int | None]


@dataclass(slots=True)
class Effort:
    """What may still be spent on one pair of texts."""

    lines: int = _MOST_LINES
    words: int = _MOST_WORDS

    def spend(self, lines: int, words: int) -> bool:
        """Whether that much was left; if it was, it is gone now."""
        if lines > min(self.lines, _MOST_IN_GAP) or words > self.words:
            return False
        self.lines -= lines
        self.words -= words
        return True


@dataclass(slots=True)
class _Words:
    """Lines as strings with one character for each word, which compare fast."""

    ids: dict[str, str] = field(default_factory=dict)

    def of(self, line: str) -> str:
        ids = self.ids
        words = _WORD.findall(line) or line.split()
        return "".join([ids.setdefault(word, chr(len(ids) % _DIFFERENT_WORDS)) for word in words])


def pairs(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Pair]:
    """Places in either list in the order they are shown: equal, changed, removed, added. Each place comes once."""
    for run in runs(old, new):
        if run.same:
            yield from zip(range(run.old_start, run.old_end), range(run.new_start, run.new_end), strict=True)
            continue
        before, after = old[run.old_start : run.old_end], new[run.new_start : run.new_end]
        yield from _shifted(_layout(before, after, effort), run.old_start, run.new_start)


def squeezed(line: str) -> str:
    """The line without its end and with its blanks as one."""
    return " ".join(line.split())


def _layout(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Pair]:
    """First those lines that differ in white space alone."""
    if not old or not new:
        yield from _apart(len(old), len(new))
        return
    for run in runs([squeezed(line) for line in old], [squeezed(line) for line in new]):
        if run.same:
            yield from zip(range(run.old_start, run.old_end), range(run.new_start, run.new_end), strict=True)
            continue
        before, after = old[run.old_start : run.old_end], new[run.new_start : run.new_end]
        yield from _shifted(_alike(before, after, effort), run.old_start, run.new_start)


def _shifted(found: Iterator[Pair], old: int, new: int) -> Iterator[Pair]:
    for left, right in found:
        yield (None if left is None else left + old), (None if right is None else right + new)


def _apart(old: int, new: int) -> Iterator[Pair]:
    yield from ((at, None) for at in range(old))
    yield from ((None, at) for at in range(new))


def _alike(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Pair]:
    """Then those that share most of their words, in order."""
    if len(old) == len(new) == 1 and max(len(old[0]), len(new[0])) > _LONGEST:
        if sum(common_ends(old[0], new[0])) >= _ALIKE * max(len(old[0]), len(new[0])):
            yield 0, 0
            return
    elif effort.spend(len(old) * len(new), sum(map(len, old)) * sum(map(len, new)) // 16):
        words = _Words()
        left, right = [words.of(line) for line in old], [words.of(line) for line in new]
        if _one_by_one(left, right):
            yield from zip(range(len(old)), range(len(new)), strict=True)
        else:
            yield from _between(_best(_scores(left, right)), len(old), len(new))
        return
    yield from _apart(len(old), len(new))


def _one_by_one(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether as many lines stand there as before and each is very like the one in its place."""
    if len(old) != len(new):
        return False
    return all(
        Indel.normalized_similarity(one, two, score_cutoff=_VERY_ALIKE) for one, two in zip(old, new, strict=True)
    )


def _scores(left: Sequence[str], right: Sequence[str]) -> list[list[float]]:
    return [[Indel.normalized_similarity(one, two, score_cutoff=_ALIKE) for two in right] for one in left]


def _best(scores: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs in order with the greatest sum of scores."""
    width = len(scores[0]) if scores else 0
    sums = [[0.0] * (width + 1) for _ in range(len(scores) + 1)]
    for row in range(len(scores) - 1, -1, -1):
        here, below, given = sums[row], sums[row + 1], scores[row]
        for at in range(width - 1, -1, -1):
            both = below[at + 1] + given[at] if given[at] else 0.0
            here[at] = max(both, below[at], here[at + 1])
    row = at = 0
    found = []
    while row < len(scores) and at < width:
        if scores[row][at] and sums[row][at] == sums[row + 1][at + 1] + scores[row][at]:
            found.append((row, at))
            row, at = row + 1, at + 1
        elif sums[row][at] == sums[row + 1][at]:
            row += 1
        else:
            at += 1
    return found


def _between(found: list[tuple[int, int]], old: int, new: int) -> Iterator[Pair]:
    """The pairs with what stands between them as removed and added."""
    at_old = at_new = 0
    for left, right in [*found, (old, new)]:
        yield from _shifted(_apart(left - at_old, right - at_new), at_old, at_new)
        if left < old and right < new:
            yield left, right
        at_old, at_new = left + 1, right + 1
