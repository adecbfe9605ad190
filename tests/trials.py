"""Trials of finding passages again: passages drawn from a text, and the verdict on where they were found.

`tests.edits` knows where they went; nothing here looks at how they are searched for.
"""

import random
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from app.domain.anchors.anchor import anchor
from app.domain.anchors.reanchor import Fate, Found, reanchor_all
from app.domain.model import Design
from app.domain.parse import parse
from app.domain.text import Position, Span
from tests import edits
from tests.edits import WORD, Draft

SOME = 0.5  # of a passage's letters that must still stand for it to exist
OVERLAP = 0.5  # shared part of what was found and where it is: less is another place
SEVERAL = "several at once"
TWIN = "deleted beside a twin"
KINDS = (*edits.KINDS, SEVERAL, TWIN)
SHAPES = {
    "word": re.compile(r"[^\W_]{2,}"),
    "phrase": re.compile(r"\w+(?:[ ,]+\w+){1,5}"),
    "sentence": re.compile(r"[A-Z][^.|\n]{15,}(?:\n[^.|\n]{5,}){0,3}\."),
    "line": re.compile(r"(?<=\n)[^\n]+"),
    "lines": re.compile(r"(?<=\n)[^\n]+(?:\n+[^\n]+){1,5}"),
    "cell": re.compile(r"(?<=\| )[^|\n]*\w(?= *\|)"),
    "code": re.compile(r"`[^`\n]+`|(?<=\n)    +\S[^\n]+"),
}


@dataclass(frozen=True)
class Trial:
    """`exists`: enough of the passage stands at one place. `right` and `wrong` are both false for an orphan."""

    kind: str
    shape: str
    quote: str
    fate: Fate
    score: float
    exists: bool
    right: bool
    wrong: bool
    found: str


def passages(text: str, rng: random.Random, count: int) -> list[tuple[str, int, int]]:
    """Of all shapes that the text has: (shape, start, end) in code points."""
    found = {
        shape: [m.span() for m in pattern.finditer(text) if WORD.search(m[0])] for shape, pattern in SHAPES.items()
    }
    shapes = [shape for shape, spans in found.items() if spans]
    return [(shape, *rng.choice(found[shape])) for shape in (rng.choice(shapes) for _ in range(count))]


class Places:
    """Between code points of a text with LF alone and its lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]

    def span(self, start: int, end: int) -> Span:
        return Span(self._position(start), self._position(end))

    def range(self, span: Span) -> tuple[int, int]:
        return self._starts[span.start.line] + span.start.column, self._starts[span.end.line] + span.end.column

    def _position(self, at: int) -> Position:
        line = bisect_right(self._starts, at) - 1
        return Position(line, at - self._starts[line])


def plain(text: str) -> str:
    """With LF alone, and no other sign that Python takes for a line's end."""
    return "\n".join(text.splitlines()) + "\n"


def revise(text: str, kind: str, chosen: list[tuple[int, int]], rng: random.Random) -> Draft:
    draft = Draft(text)
    if kind == SEVERAL:
        for name in rng.sample(sorted(edits.KINDS), 5):
            edits.apply(draft, edits.KINDS[name], rng.sample(chosen, max(1, len(chosen) // 4)), rng)
    else:
        edits.apply(draft, edits.KINDS["passage_deleted" if kind == TWIN else kind], chosen, rng)
    return draft


def run(text: str, kind: str, rng: random.Random, *, count: int = 40, with_old: bool = True) -> Iterator[Trial]:
    """Edit about a third of `count` passages of the text in this way, and look for all of them."""
    if kind == TWIN:
        text = _with_twins(text, rng)
    drawn = passages(text, rng, count)
    touched = [(start, end) for _, start, end in drawn[: max(1, count // 3)]]
    few = touched[: 2 if kind in ("section_moved", "paragraph_moved") else None]
    draft = revise(text, kind, few, rng)
    old, new = parse(text), parse(draft.text)
    places, new_places, where = Places(text), Places(draft.text), draft.where()
    anchors = [anchor(old, places.span(start, end)) for _, start, end in drawn]
    for (shape, start, end), found in zip(drawn, reanchor_all(anchors, old if with_old else None, new), strict=True):
        yield _verdict(Truth(draft, where, start, end), found, new_places, kind, shape, new)


def _with_twins(text: str, rng: random.Random) -> str:
    draft = Draft(text)
    for _, start, end in passages(text, rng, 12):
        edits.paragraph_copied(draft, *_same_words(draft, text[start:end], start), rng)
    return draft.text


def _same_words(draft: Draft, quote: str, at: int) -> tuple[int, int]:
    start = draft.text.find(quote, at)
    start = start if start >= 0 else draft.text.find(quote)
    return (start, start + len(quote)) if start >= 0 else (0, 1)


class Truth:
    """Where the range [start, end) of a draft's first text went."""

    def __init__(self, draft: Draft, where: list[int], start: int, end: int) -> None:
        self._text = draft.text
        kept = sorted(where[at] for at in range(start, end) if where[at] >= 0)
        gone = sum(where[at] < 0 for at in range(start, end))
        group = [at for at in self._largest(kept, 2 * (end - start) + 200) if not draft.text[at].isspace()]
        self.exists = len(group) / max(1, gone + sum(not draft.text[at].isspace() for at in kept)) >= SOME
        self.place = (group[0], group[-1] + 1) if group else None
        self.own = frozenset(group)
        marks = {-2 - number for number, (a, b) in enumerate(draft.replaced) if a < end and b > start}
        self.stand_ins = [at for at, origin in enumerate(draft.origin) if origin in marks] if marks else []

    @staticmethod
    def _largest(kept: list[int], gap: int) -> list[int]:
        groups: list[list[int]] = []
        for at in kept:
            if groups and at - groups[-1][-1] <= gap:
                groups[-1].append(at)
            else:
                groups.append([at])
        return max(groups, key=len, default=[])

    def holds(self, start: int, end: int) -> bool:
        """Whether this is the place: the greater part of it when the passage exists, else what is left of it. What was
        put between its letters belongs to it or not.
        """
        if self.place:
            shared = self._letters(max(start, self.place[0]), min(end, self.place[1]))
            joined = self._letters(min(start, self.place[0]), max(end, self.place[1]))
            own = sum(at in self.own for at in range(start, end))
            whole = len(self.own) - own + self._letters(start, end)
            if shared > 0 and (not self.exists or max(shared / joined, own / whole) >= OVERLAP):
                return True
        return any(start <= at < end for at in self.stand_ins) and (not self.exists or self._beside(start, end))

    def _letters(self, start: int, end: int) -> int:
        return sum(not sign.isspace() for sign in self._text[start:end]) if start < end else 0

    def _beside(self, start: int, end: int) -> bool:
        return bool(self.place) and start < self.place[1] and end > self.place[0]


def _verdict(truth: Truth, found: Found, places: Places, kind: str, shape: str, new: Design) -> Trial:
    start, end = places.range(found.span) if found.span else (0, 0)
    right = bool(found.span) and truth.holds(start, end)
    quote = new.text[slice(*truth.place)] if truth.place else ""
    wrong = bool(found.span) and not right
    return Trial(kind, shape, quote, found.fate, found.score, truth.exists, right, wrong, new.text[start:end])
