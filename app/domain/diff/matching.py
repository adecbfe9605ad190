"""Which items of two sequences are the same ones: the alignment under every comparison here.

Items are lines, words or blocks: anything hashable. First what occurs once on either side is held in place (the
patience heuristic of Bram Cohen), then each gap between two of those is aligned by its longest common subsequence.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

# Of one gap: the library keeps a bit for every pair of items, so this is 25 MB. A larger gap is taken as replaced.
MOST_PAIRS = 200_000_000


class Run(NamedTuple):
    """Items [old_start, old_end) became items [new_start, new_end): the same ones, or others (either may be none)."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    same: bool


_Piece = tuple[int, int, int, int, bool]  # as in `Run`


def runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """The whole of both sequences in order; two neighbours are never of one kind. Deterministic.

    Time is linear for what is unique and O(n·m/64) within a gap, up to `MOST_PAIRS`.
    """
    ids: dict[Hashable, int] = {}
    left = [ids.setdefault(item, len(ids)) for item in old]
    right = [ids.setdefault(item, len(ids)) for item in new]
    return joined(_pieces(left, right))


def joined(pieces: Iterable[_Piece]) -> list[Run]:
    """Neighbours of one kind as one."""
    found: list[Run] = []
    old_start = old_end = new_start = new_end = 0
    kind: bool | None = None
    for start, end, other_start, other_end, same in pieces:
        if same is not kind:
            if kind is not None:
                found.append(Run(old_start, old_end, new_start, new_end, kind))
            old_start, new_start, kind = start, other_start, same
        old_end, new_end = end, other_end
    if kind is not None:
        found.append(Run(old_start, old_end, new_start, new_end, kind))
    return found


def changed(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Only the runs that differ."""
    return [run for run in runs(old, new) if not run.same]


def _pieces(old: list[int], new: list[int]) -> Iterator[_Piece]:
    head, tail = common_ends(old, new)
    old_end, new_end = len(old) - tail, len(new) - tail
    if head:
        yield 0, head, 0, head, True
    at_old, at_new = head, head
    for place_old, place_new in [*_unique(old, new, head, old_end, new_end), (old_end, new_end)]:
        if at_old < place_old or at_new < place_new:
            yield from _gap(old, new, (at_old, place_old, at_new, place_new))
        if place_old < old_end:
            yield place_old, place_old + 1, place_new, place_new + 1, True
        at_old, at_new = place_old + 1, place_new + 1
    if tail:
        yield old_end, len(old), new_end, len(new), True


def common_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """How many items the beginnings share, and how many the ends share behind those."""
    head = _common_head(old, new)
    return head, _common_head(old[head:][::-1], new[head:][::-1])


def _common_head(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    shorter = min(len(old), len(new))
    if old[:shorter] == new[:shorter]:
        return shorter
    return next(at for at in range(shorter) if old[at] != new[at])


def _unique(old: list[int], new: list[int], start: int, old_end: int, new_end: int) -> list[tuple[int, int]]:
    """Places of items that occur once on either side, the most of them that stand in one order."""
    often_old, often_new = Counter(old[start:old_end]), Counter(new[start:new_end])
    places = {new[at]: at for at in range(start, new_end) if often_new[new[at]] == 1}
    pairs = [(at, places[old[at]]) for at in range(start, old_end) if often_old[old[at]] == 1 and old[at] in places]
    return _longest_rising(pairs)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence in which the second number rises, by patience sorting."""
    tops: list[int] = []
    top_of: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(top_of[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        top_of[pile : pile + 1] = [at]
    at = top_of[-1] if top_of else -1
    chosen = []
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _gap(old: list[int], new: list[int], bounds: tuple[int, int, int, int]) -> Iterator[_Piece]:
    """Not empty on both sides. What stands alone on either side, as most gaps between words do, needs no search."""
    old_start, old_end, new_start, new_end = bounds
    size, other = old_end - old_start, new_end - new_start
    if size * other == 0 or size * other > MOST_PAIRS or (size == other == 1 and old[old_start] != new[new_start]):
        yield old_start, old_end, new_start, new_end, False
        return
    for code in LCSseq.opcodes(old[old_start:old_end], new[new_start:new_end]):
        yield (
            old_start + code.src_start,
            old_start + code.src_end,
            new_start + code.dest_start,
            new_start + code.dest_end,
            code.tag == "equal",
        )
