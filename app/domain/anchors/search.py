"""Candidates for a passage anywhere in a text, by the words that it and its surroundings are made of.

Every rare word of them votes for the place at which the quote would begin if this were its word. What is exactly the
quote, or most like it, near the places with the most votes is a candidate.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz

from app.domain.anchors.evidence import Wanted
from app.domain.anchors.passages import Body, words

OFTEN = 16  # a word that stands in more places than this says nothing about which
BUCKET = 32  # code points by which votes may differ and still be for one place
MOST = 4  # places looked at closely
LEAST_HEARD = 0.2  # of the rare words
LEAST_VOTES = 0.3  # less, and less than a third of the best place's, is chance
PIECE = 200  # code points at either end of a long quote that vote
LEAST_RATIO = 60  # of 100, by the share of code points in one order; less is another passage
SLACK = 40  # code points around a place in which the quote is looked for


class Search:
    """In ranges of a text; made once for all passages that are looked for."""

    def __init__(self, body: Body, ranges: list[tuple[int, int]]) -> None:
        self._body = body
        self._ranges = ranges
        self._places: dict[str, list[int]] = defaultdict(list)
        for start, end in ranges:
            for word in words(body.text[start:end]):
                self._places[word[0]].append(start + word.start())

    def find(self, text: str) -> int | None:
        """Where exactly this stands first."""
        at = self._body.text.find(text)
        while at >= 0 and not self._within(at, at + len(text)):
            at = self._body.text.find(text, at + 1)
        return at if at >= 0 else None

    def candidates(self, wanted: Wanted) -> Iterator[tuple[int, int]]:
        """Offsets [start, end); both ends lie in the ranges."""
        quote = wanted.quote
        if len(quote) <= 2 * PIECE:
            found = [self._near(quote, at) for at in self._votes(wanted.prefix, quote, wanted.suffix)]
        else:
            head = [self._near(quote[:PIECE], at) for at in self._votes(wanted.prefix, quote[:PIECE], "")]
            tail = [self._near(quote[-PIECE:], at) for at in self._votes("", quote[-PIECE:], wanted.suffix)]
            found = [_joined(len(quote), start, [place for place in tail if place]) for start in head if start]
        yield from dict.fromkeys(place for place in found if place and self._within(*place))

    def _votes(self, prefix: str, quote: str, suffix: str) -> list[int]:
        """Where the quote may begin, the likeliest first."""
        origin = len(prefix) + 1 if prefix else 0
        votes: dict[int, float] = defaultdict(float)
        heard: dict[int, int] = defaultdict(int)
        nearest: dict[int, tuple[int, int]] = {}
        rare = 0
        for word in words(f"{prefix} {quote} {suffix}" if prefix else f"{quote} {suffix}"):
            places = self._places.get(word[0], ())
            if len(places) > OFTEN:
                continue
            rare += 1
            away, vote = word.start() - origin, 1 / max(1, len(places))
            for place in places:
                bucket = (place - away) // BUCKET
                votes[bucket] += vote
                heard[bucket] += 1
                if bucket not in nearest or abs(away) < nearest[bucket][0]:
                    nearest[bucket] = abs(away), place - away
        joined = {bucket: weight + votes.get(bucket + 1, 0.0) for bucket, weight in votes.items()}
        least = max(LEAST_VOTES, max(joined.values(), default=0.0) / 3)
        likely = [
            (-weight, bucket)
            for bucket, weight in joined.items()
            if weight >= least and heard[bucket] + heard.get(bucket + 1, 0) >= rare * LEAST_HEARD
        ]
        return [nearest[bucket][1] for _, bucket in sorted(likely)[:MOST]]

    def _near(self, quote: str, at: int) -> tuple[int, int] | None:
        """The quote, or what is most like it, in the neighbourhood; whole words where it is not exactly the quote."""
        start = max(0, at - SLACK)
        window = self._body.text[start : max(0, at + len(quote) + SLACK)]
        exact = list(_occurrences(quote, window))
        if exact:
            best = start + min(exact, key=lambda found: (abs(start + found - at), found))
            return best, best + len(quote)
        found = (
            fuzz.partial_ratio_alignment(quote, window, score_cutoff=LEAST_RATIO) if len(window) >= len(quote) else None
        )
        if found is None:
            return None
        inside = [word for word in words(window) if word.end() > found.dest_start and word.start() < found.dest_end]
        return (start + inside[0].start(), start + inside[-1].end()) if inside else None

    def _within(self, start: int, end: int) -> bool:
        return self._in_a_range(start) and self._in_a_range(end - 1)

    def _in_a_range(self, offset: int) -> bool:
        at = bisect_right(self._ranges, (offset, len(self._body.text) + 1)) - 1
        return at >= 0 and offset < self._ranges[at][1]


def _occurrences(quote: str, window: str) -> Iterator[int]:
    at = window.find(quote)
    while at >= 0:
        yield at
        at = window.find(quote, at + 1)


def _joined(size: int, head: tuple[int, int], tails: list[tuple[int, int]]) -> tuple[int, int]:
    """From the head of a long quote to the tail that fits its length, if there is one."""
    ends = [end for _, end in tails if size / 2 <= end - head[0] <= 2 * size]
    return head[0], min(ends, key=lambda end: abs(end - head[0] - size), default=head[1])
