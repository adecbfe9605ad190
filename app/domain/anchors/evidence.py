"""How much speaks for a place being the passage: the quote's own words, and what stands around it.

A score from 0 to 1. A short quote proves little, so its surroundings decide; a long one proves itself.
"""

from typing import NamedTuple

from rapidfuzz.distance import OSA

from app.domain.anchors.anchor import Anchor
from app.domain.anchors.passages import Body, squeezed

# Places below are not taken; measured by `make bench ARGS=anchors`.
ENOUGH = 0.70
ENOUGH_ELSEWHERE = 0.78  # where the passage does not stand in its order
ENOUGH_TWIN = 0.90  # where the passage stood at several places, and not in its order
ENOUGH_OF_TWINS = 0.97  # where the old text is unknown and another of several has its number
ENOUGH_UNALIGNED = 0.86  # where the old text is unknown
DOUBT = 0.5  # how much of what the passage lost is taken as a doubt about its place
PLAIN = 0.80  # a place in its order that no other is better than
LEAST_LIKE = 0.5  # of the quote, however well the surroundings fit
NEAR = 48  # code points of surroundings that are compared on either side
MOST_GROWN = 4  # times: how much longer a passage may have become by what was written into it
LONG = 4000  # code points; the time for comparing grows as the square
LESS = 0.9  # what half of these are worth, for passages near the edge of what was moved
HALF_PROOF_KEPT = 30  # code points of words that stand in their order: they prove the place, if not the passage
HALF_PROOF, HALF_PROOF_ALONE = 60, 12  # length of quote that counts as much as its surroundings


class Candidate(NamedTuple):
    """Offsets in the new text; `likeness` is that of the quote, `score` the whole."""

    start: int
    end: int
    likeness: float
    score: float
    aligned: bool


class Wanted:
    """The quote of an anchor and its surroundings, as they are compared."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor
        self.quote = squeezed(anchor.quote)
        self.prefix = anchor.prefix.strip()
        self.suffix = anchor.suffix.strip()
        self._letters = max(1, len(self.quote.replace(" ", "")))

    def weigh(self, new: Body, start: int, end: int, *, aligned: bool = False, kept: int = 0) -> Candidate:
        """What speaks for [start, end) of the new text; `kept` code points of the words are known to stand."""
        found = new.text[start:end]
        likeness = self._likeness(found, kept)
        around = max(self._around(new, start, end, NEAR), LESS * self._around(new, start, end, NEAR // 2))
        proof = self._proof(new, likeness)
        score = proof * likeness + (1 - proof) * around
        return Candidate(start, end, likeness, max(score, kept / (kept + HALF_PROOF_KEPT)), aligned)

    def _around(self, new: Body, start: int, end: int, size: int) -> float:
        before = _like(self.prefix[-size:], new.text[max(0, start - size - 1) : start].strip()[-size:])
        after = _like(self.suffix[:size], new.text[end : end + size + 1].strip()[:size])
        return 0.75 * max(before, after) + 0.25 * min(before, after)

    def _proof(self, new: Body, likeness: float) -> float:
        """The share that the quote itself has in the score."""
        size = len(self.quote)
        half = HALF_PROOF
        if self.anchor.alone and likeness == 1 and new.text.count(self.quote) == 1:
            half = HALF_PROOF_ALONE
        return size / (size + half)

    def _likeness(self, found: str, kept: int) -> float:
        if found == self.quote:
            return 1.0
        # What was written into the passage takes less from it than what was taken out of it.
        standing = 0.9 * kept / self._letters if len(found) <= MOST_GROWN * len(self.quote) else 0.0
        if max(len(found), len(self.quote)) > LONG:
            return standing
        return max(standing, OSA.normalized_similarity(self.quote, found))


def _like(old: str, new: str) -> float:
    """Of surroundings; those of the beginning or the end of a text may be short."""
    if not old and not new:
        return 1.0
    return OSA.normalized_similarity(old, new)
