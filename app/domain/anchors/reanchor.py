"""Where a commented passage stands in another revision, how sure that is, or that it is gone.

With the old text at hand its words are aligned with those of the new one, and only what the alignment calls new is
searched for passages that moved. Without it, the quote and its surroundings are searched for. What cannot be told
apart is not guessed: `Found.score` is at least `ENOUGH` wherever there is a span.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.domain.anchors.alignment import Alignment
from app.domain.anchors.anchor import Anchor
from app.domain.anchors.evidence import (
    DOUBT,
    ENOUGH,
    ENOUGH_ELSEWHERE,
    ENOUGH_OF_TWINS,
    ENOUGH_TWIN,
    ENOUGH_UNALIGNED,
    LEAST_LIKE,
    PLAIN,
    Candidate,
    Wanted,
)
from app.domain.anchors.passages import Body, squeezed
from app.domain.anchors.search import Search
from app.domain.model import Design, Section
from app.domain.text import Span

TELLING = 20  # code points of a line that are its own
MOST_LINES = 50  # of a passage; looked at one by one
MOST_OF_IT = 0.6  # of a passage: its lines prove their place by themselves
PARTED = 1.25  # by how much the greater part of a passage must be greater than the other, when one moved
CLEARLY = 0.08  # by which the best place must be better than the second


class Fate(StrEnum):
    """White space, wrapping and line ends aside."""

    exact = "exact"  # unchanged where the alignment expects it; without the old text: in the section of the same id
    moved = "moved"  # unchanged, at another place
    fuzzy = "fuzzy"  # its words changed; `score` says how sure the place is
    orphaned = "orphaned"  # deleted, rewritten, or not to be told from another passage


class _Parted(NamedTuple):
    """A passage of several lines: the code points of those that stayed, of those that stand in something new elsewhere,
    and from where to where these do.
    """

    stay: int
    away: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """`span` is None for an orphan; the section is then the nearest one that there still is (empty: none)."""

    fate: Fate
    span: Span | None
    score: float
    section_id: str
    section_title: str


def reanchor(anchor: Anchor, old: Design | None, new: Design) -> Found:
    """`old` is the revision that the anchor was made for. Never raises, whatever the texts."""
    return reanchor_all((anchor,), old, new)[0]


def reanchor_all(anchors: Sequence[Anchor], old: Design | None, new: Design) -> tuple[Found, ...]:
    """As `reanchor`, in the order given; the comparison of the texts is made once for all."""
    revision = _Revision(old, new)
    return tuple(revision.find(anchor) for anchor in anchors)


class _Revision:
    """The new text beside the old one, if that is known."""

    def __init__(self, old: Design | None, new: Design) -> None:
        self._unchanged = old is not None and old.text == new.text
        self._new = Body(new)
        self._old = Body(old) if old else None
        self._alignment = Alignment(self._old, self._new) if self._old else None
        self._by_id = {section.id: section for section in new.sections}
        self._titles = Counter(section.title for section in new.sections)
        self._by_title = {section.title: section for section in new.sections if self._titles[section.title] == 1}
        self._search: dict[bool, Search] = {}

    def find(self, anchor: Anchor) -> Found:
        wanted = Wanted(anchor)
        bounds = self._bounds(wanted)
        if self._unchanged and (bounds or not wanted.quote):
            return self._found(Fate.exact, anchor.span, 1.0, self._new.section(self._new.offset(anchor.start)))
        best = self._best(wanted, bounds) if wanted.quote else None
        if best is None:
            return self._found(Fate.orphaned, None, 0.0, self._nearest(anchor, bounds))
        section = self._new.section(best.start)
        return self._found(
            self._fate(best, anchor, section, known=bounds is not None),
            self._new.span(best.start, best.end),
            best.score,
            section,
        )

    def _bounds(self, wanted: Wanted) -> tuple[int, int] | None:
        """The quote's offsets in the old text; None when that is unknown, or is not the text it was taken from."""
        if self._old is None:
            return None
        start, end = self._old.bounds(wanted.anchor.span)
        return (start, end) if start < end and self._old.text[start:end] == wanted.quote else None

    def _best(self, wanted: Wanted, bounds: tuple[int, int] | None) -> Candidate | None:
        aligned = self._aligned(wanted, bounds) if bounds else None
        parted = self._parted(wanted, aligned) if aligned and aligned.likeness < 1 else None
        if parted and parted.away > parted.stay / PARTED:
            return self._greater_part(wanted, parted)
        if aligned and aligned.likeness >= LEAST_LIKE and aligned.score >= PLAIN:
            return aligned
        places = self._searched(known=bounds is not None).candidates(wanted)
        found = [*([aligned] if aligned else []), *(wanted.weigh(self._new, *place) for place in places)]
        found = [one for one in found if one.likeness >= LEAST_LIKE]
        if not wanted.anchor.alone:
            found = [one for one in found if one.aligned or one.score >= ENOUGH_TWIN]
        if bounds is None:
            found = [one for one in found if self._believable(wanted, one)]
        return _clearest(found)

    def _parted(self, wanted: Wanted, aligned: Candidate) -> _Parted | None:
        """Of several lines, of which some may have been carried elsewhere."""
        if "\n" not in wanted.anchor.quote or self._old is None:
            return None
        here, search = self._new.text[aligned.start : aligned.end], self._searched(known=True)
        lines = [squeezed(line) for line in wanted.anchor.quote.split("\n")[:MOST_LINES]]
        lines = [line for line in lines if len(line) >= TELLING]
        gone = [line for line in lines if line not in here and self._old.text.count(line) == 1]
        found = [(at, at + len(line)) for line in gone if (at := search.find(line)) is not None]
        return _Parted(
            stay=sum(len(line) for line in lines if line in here),
            away=sum(end - start for start, end in found),
            start=min((start for start, _ in found), default=0),
            end=max((end for _, end in found), default=0),
        )

    def _greater_part(self, wanted: Wanted, parted: _Parted) -> Candidate | None:
        """Where that went; nowhere when both parts are about as great."""
        if parted.away <= parted.stay * PARTED:
            return None
        kept = parted.away if parted.away >= MOST_OF_IT * len(wanted.quote) else 0
        best = wanted.weigh(self._new, parted.start, parted.end, kept=kept)
        return best if best.likeness >= LEAST_LIKE and best.score >= ENOUGH_ELSEWHERE else None

    def _believable(self, wanted: Wanted, one: Candidate) -> bool:
        """Without the old text. What stood once may stand anywhere; a passage with twins is in its section. As many as
        before: it is the one with as many before it, or everything around it speaks for another. Fewer: it may be it
        that is gone.
        """
        anchor = wanted.anchor
        if one.score < ENOUGH_UNALIGNED + (1 - one.likeness) * DOUBT:
            return False
        if anchor.alone:
            return True
        section = self._new.section(one.start)
        twins, before = self._new.twins(wanted.quote, one.start)
        stays = (section.title if section else "") == anchor.section_title or anchor.section_title not in self._titles
        if twins == anchor.twins:
            return stays and (before == anchor.before or one.score >= ENOUGH_OF_TWINS)
        return stays and twins > anchor.twins

    def _aligned(self, wanted: Wanted, bounds: tuple[int, int]) -> Candidate | None:
        assert self._alignment
        place = self._alignment.place(*bounds)
        if place is None:
            return None
        if place.sure:
            return Candidate(place.start, place.end, 1.0, 1.0, aligned=True)
        return wanted.weigh(self._new, place.start, place.end, aligned=True, kept=place.kept)

    def _searched(self, *, known: bool) -> Search:
        if known not in self._search:
            assert self._alignment or not known
            whole = [(0, len(self._new.text))]
            fresh = self._alignment.fresh if known and self._alignment else whole
            self._search[known] = Search(self._new, fresh)
        return self._search[known]

    def _fate(self, best: Candidate, anchor: Anchor, section: Section | None, *, known: bool) -> Fate:
        if best.likeness < 1:
            return Fate.fuzzy
        same_section = (section.id if section else "") == anchor.section_id
        return Fate.exact if best.aligned or (not known and same_section) else Fate.moved

    def _found(self, fate: Fate, span: Span | None, score: float, section: Section | None) -> Found:
        return Found(fate, span, score, section.id if section else "", section.title if section else "")

    def _nearest(self, anchor: Anchor, bounds: tuple[int, int] | None) -> Section | None:
        """The passage's section, by its id or else its title; else the one that stood before it and still does."""
        found = self._by_id.get(anchor.section_id) or self._by_title.get(anchor.section_title)
        if found or not self._old or not bounds:
            return found
        before = self._old.design.sections
        lines = [section.heading_span.start.line for section in before]
        last = bisect_right(lines, anchor.start.line)
        return next((there for one in before[:last][::-1] if (there := self._by_id.get(one.id))), None)


def _clearest(found: list[Candidate]) -> Candidate | None:
    """The best one, if it is good enough and no other place is about as good."""
    found.sort(key=lambda one: (-one.score - CLEARLY * one.aligned, one.start))
    if not found:
        return None
    best = found[0]
    if best.aligned:
        return best if best.score >= ENOUGH else None
    rivals = (one for one in found[1:] if one.end <= best.start or one.start >= best.end)
    second = max((one.score for one in rivals), default=0.0)
    enough = ENOUGH_ELSEWHERE + (1 - best.likeness) / 2
    return best if best.score >= enough and best.score - second >= CLEARLY else None
