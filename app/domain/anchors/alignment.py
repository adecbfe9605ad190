"""Where the words of one text stand in another by their order: first whole lines, then words in what changed.

What the order cannot tell, such as a passage that was cut out and put in elsewhere, is not found here.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from app.domain.anchors.passages import Body, words
from app.domain.diff.matching import Run, runs

MOST_REPLACED = 400  # code points; in more than this, as many words as before are an accident
GROWN = 200  # code points: a passage into which more than twice itself and these were put stands at two places
SURE = 80  # code points of unchanged neighbouring lines that are nobody else's by chance


class Pair(NamedTuple):
    """Offsets: [start, end) of the old text became [new_start, new_end), unchanged or not."""

    start: int
    end: int
    new_start: int
    new_end: int
    same: bool


class Place(NamedTuple):
    """Where a range went; `kept` code points of its words stand unchanged. `sure` when its lines prove it."""

    start: int
    end: int
    kept: int
    sure: bool


class Alignment:
    """Of two texts. Words are aligned only where somebody asks for them."""

    def __init__(self, old: Body, new: Body) -> None:
        self._old, self._new = old, new
        self._runs = runs(old.lines, new.lines)
        self._starts = [old.line_span(run.old_start, run.old_end)[0] for run in self._runs]
        self._pairs: dict[int, list[Pair]] = {}

    @cached_property
    def fresh(self) -> list[tuple[int, int]]:
        """Ranges of the new text whose lines do not come from the old one at this place."""
        changed = (run for run in self._runs if not run.same and run.new_end > run.new_start)
        return [self._new.line_span(run.new_start, run.new_end) for run in changed]

    def place(self, start: int, end: int) -> Place | None:
        """Where the range [start, end) of the old text went; nowhere when nothing of it shows where."""
        first = self._run_at(start)
        line = self._whole(first)
        if line.same and end <= line.end:
            shift = line.new_start - line.start
            return Place(start + shift, end + shift, self._letters(start, end), sure=line.end - line.start >= SURE)
        inside = [pair for pair in self._touching(first, end) if pair.end > start and pair.start < end]
        inside = max(
            _together(inside, 2 * (end - start) + GROWN), key=lambda some: self._kept(some, start, end), default=[]
        )
        kept = self._kept(inside, start, end)
        if not kept and len(inside) != 1:
            return None
        new_start, new_end = self._left(inside[0], start), self._right(inside[-1], end)
        if not kept:
            new_start, new_end = self._among(inside[0], start, end)
        return Place(new_start, new_end, kept, sure=False) if new_start < new_end else None

    def _kept(self, pairs: list[Pair], start: int, end: int) -> int:
        return sum(self._letters(max(pair.start, start), min(pair.end, end)) for pair in pairs if pair.same)

    def _letters(self, start: int, end: int) -> int:
        return end - start - self._old.text.count(" ", start, end)

    def _run_at(self, offset: int) -> int:
        at = bisect_right(self._starts, offset) - 1
        while at > 0 and self._runs[at].old_start == self._runs[at].old_end:
            at -= 1
        return at

    def _touching(self, first: int, end: int) -> list[Pair]:
        found: list[Pair] = []
        for at in range(first, len(self._runs)):
            if self._starts[at] >= end:
                break
            found.extend([self._whole(at)] if self._runs[at].same else self._words(at))
        return found

    def _whole(self, at: int) -> Pair:
        run = self._runs[at]
        old = self._old.line_span(run.old_start, run.old_end)
        return Pair(*old, *self._new.line_span(run.new_start, run.new_end), run.same)

    def _words(self, at: int) -> list[Pair]:
        if at not in self._pairs:
            whole = self._whole(at)
            old = [(word[0], whole.start + word.start()) for word in words(self._old.text[whole.start : whole.end])]
            new = [
                (word[0], whole.new_start + word.start())
                for word in words(self._new.text[whole.new_start : whole.new_end])
            ]
            found = runs([word for word, _ in old], [word for word, _ in new])
            self._pairs[at] = [pair for run in found for pair in _of_words(run, old, new, whole)]
        return self._pairs[at]

    def _left(self, pair: Pair, start: int) -> int:
        """Where a range begins whose first word is in this pair."""
        if pair.same:
            return pair.new_start + max(0, start - pair.start)
        if start <= pair.start:
            return pair.new_start
        inside = _count(self._old, start, pair.end)
        new = list(words(self._new.text[pair.new_start : pair.new_end]))
        return pair.new_start + (new[-inside].start() if inside < len(new) else 0)

    def _right(self, pair: Pair, end: int) -> int:
        if pair.same:
            return pair.new_end - max(0, pair.end - end)
        if end >= pair.end:
            return pair.new_end
        inside = _count(self._old, pair.start, end)
        new = list(words(self._new.text[pair.new_start : pair.new_end]))
        return pair.new_start + new[inside - 1].end() if inside < len(new) else pair.new_end

    def _among(self, pair: Pair, start: int, end: int) -> tuple[int, int]:
        """Of a range inside one changed pair: word by word if as many words stand there as before."""
        if start <= pair.start and end >= pair.end:
            return pair.new_start, pair.new_end
        if pair.end - pair.start > MOST_REPLACED:
            return 0, 0
        new = list(words(self._new.text[pair.new_start : pair.new_end]))
        if len(new) != _count(self._old, pair.start, pair.end):
            return 0, 0
        first, last = _count(self._old, pair.start, start), _count(self._old, pair.start, end)
        first = min(first, last - 1)
        return pair.new_start + new[first].start(), pair.new_start + new[last - 1].end()


def _together(pairs: list[Pair], most: int) -> Iterator[list[Pair]]:
    """Cut where more than `most` code points were put between: what stands behind them is another place."""
    some: list[Pair] = []
    for pair in pairs:
        if pair.new_end - pair.new_start > most and not pair.same and len(pairs) > 1:
            yield some
            some = []
        else:
            some.append(pair)
    yield some


def _count(body: Body, start: int, end: int) -> int:
    return len(list(words(body.text[start:end])))


def _of_words(run: Run, old: list[tuple[str, int]], new: list[tuple[str, int]], whole: Pair) -> list[Pair]:
    def reach(items: list[tuple[str, int]], start: int, end: int, last: int) -> tuple[int, int]:
        if start == end:
            at = items[start][1] if start < len(items) else last
            return at, at
        return items[start][1], items[end - 1][1] + len(items[end - 1][0])

    if run.same:
        steps = zip(range(run.old_start, run.old_end), range(run.new_start, run.new_end), strict=True)
        return [
            Pair(old[a][1], old[a][1] + len(old[a][0]), new[b][1], new[b][1] + len(new[b][0]), same=True)
            for a, b in steps
        ]
    left = reach(old, run.old_start, run.old_end, whole.end)
    return [Pair(*left, *reach(new, run.new_start, run.new_end, whole.new_end), same=False)]
