"""Edits as people make them, with the truth about where each character went.

A `Draft` is a text under edit that remembers of every character where it stood in the text it began with. `KINDS` are
the edits: each takes a draft and the range it is about, and returns where the part that it touched begins. Everything
is drawn from the `random.Random` given, so a seed gives the same edits again.
"""

import random
import re
from collections.abc import Callable, Sequence

NEW = -1  # origin of a character that somebody wrote
LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORD = re.compile(r"[^\W_]{2,}")
Edit = Callable[["Draft", int, int, random.Random], int]


class Draft:
    """`origin[i]` is where character i stood.

    Below `NEW` it stands in for the range `replaced[-2 - origin]`: written in its place, or copied from it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.origin = list(range(len(text)))
        self.replaced: list[tuple[int, int]] = []
        self.vocabulary = sorted(set(WORD.findall(text))) or ["word"]
        self._length = len(text)

    def splice(self, start: int, end: int, text: str) -> None:
        """Write other words at [start, end)."""
        self.put(start, end, text, [self.mark(start, end)] * len(text))

    def mark(self, start: int, end: int) -> int:
        """An origin for what stands in for [start, end)."""
        gone = [at for at in self.origin[start:end] if at >= 0]
        if not gone:
            return NEW
        self.replaced.append((min(gone), max(gone) + 1))
        return -1 - len(self.replaced)

    def put(self, start: int, end: int, text: str, origin: Sequence[int]) -> None:
        self.text = self.text[:start] + text + self.text[end:]
        self.origin[start:end] = origin

    def where(self) -> list[int]:
        """Of every character of the first text: where it stands now, or -1."""
        found = [-1] * self._length
        for place, at in enumerate(self.origin):
            if at >= 0:
                found[at] = place
        return found

    def words(self, rng: random.Random, count: int) -> str:
        return " ".join(rng.choice(self.vocabulary) for _ in range(count))

    def lines(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) widened to whole lines, the line end with them."""
        after = self.text.find("\n", max(start, end - 1))
        return self.text.rfind("\n", 0, start) + 1, after + 1 if after >= 0 else len(self.text)

    def paragraph(self, start: int, end: int) -> tuple[int, int]:
        """The lines around, up to blank ones."""
        before = self.text.rfind("\n\n", 0, start)
        after = self.text.find("\n\n", max(start, end - 1))
        return before + 2 if before >= 0 else 0, after + 1 if after >= 0 else len(self.text)

    def slides(self, start: int, end: int) -> bool:
        """Whether the lines [start, end) can be mistaken for others beside them, which nobody can tell apart."""
        inside = [line for line in self.text[start:end].split("\n") if line.strip()]
        before = [line for line in self.text[max(0, start - 2000) : start].split("\n") if line.strip()]
        after = [line for line in self.text[end : end + 2000].split("\n") if line.strip()]
        return bool(inside) and (before[-1:] == inside[-1:] or after[:1] == inside[:1])


def typo(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    """One letter inside the range."""
    places = [at for at in range(start, end) if draft.text[at].isalpha()]
    if not places:
        return start
    at = rng.choice(places)
    match rng.randrange(4):
        case 0:
            draft.put(at, at + 1, "", [])
        case 1:
            draft.put(at, at, rng.choice(LETTERS), [NEW])
        case 2:
            draft.put(at, at + 1, rng.choice(LETTERS), [NEW])
        case _:
            pair, origin = draft.text[at : at + 2], draft.origin[at : at + 2]
            draft.put(at, at + 2, pair[::-1], origin[::-1])
    return min(start, at)


def typo_beside(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    before, after = max(0, start - 60), min(len(draft.text), end + 60)
    return typo(draft, before, start, rng) if rng.random() < 0.5 and start else typo(draft, end, after, rng)


def word_replaced(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    """One of the words, or the next one if there is one only."""
    inside = list(WORD.finditer(draft.text, start, end))
    if len(inside) < 2:
        inside = list(WORD.finditer(draft.text, end, min(len(draft.text), end + 60)))
    if inside:
        word = rng.choice(inside)
        draft.splice(word.start(), word.end(), draft.words(rng, 1))
    return start


def sentence_rewritten(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    """Up to a full stop, a pipe or a line end on either side, in other words."""
    before = max(draft.text.rfind(stop, 0, start) + len(stop) for stop in (". ", "\n", "|"))
    stops = [at for stop in (". ", "\n", "|") if (at := draft.text.find(stop, end)) >= 0]
    after = min(stops, default=len(draft.text))
    if after > before:
        draft.splice(before, after, draft.words(rng, max(1, (after - before) // 6)))
    return before


def rewrapped(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    """The paragraph's words on lines of another length."""
    start, end = draft.paragraph(start, end)
    width, column, at = rng.randrange(30, 120), 0, start
    if "|" in draft.text[start:end] or "```" in draft.text[start:end]:
        return start
    for word in list(re.finditer(r"\S+", draft.text[start:end])):
        column += len(word[0]) + 1
        at = start + word.end()
        if at < end and draft.text[at] in " \n":
            draft.put(at, at + 1, "\n" if column > width else " ", [draft.origin[at]])
            column = 0 if column > width else column
    return start


def lines_inserted(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    """Before or after the lines of the range."""
    start, end = draft.lines(start, end)
    at = rng.choice((start, end))
    draft.splice(at, at, "".join(draft.words(rng, rng.randrange(4, 15)) + "\n" for _ in range(rng.randrange(1, 4))))
    return start


def line_deleted_beside(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    start, end = draft.lines(start, end)
    other = (
        draft.lines(max(0, start - 2), max(1, start - 1)) if rng.random() < 0.5 and start > 1 else draft.lines(end, end)
    )
    if not draft.slides(*other) and (other[1] <= start or other[0] >= end):
        draft.put(*other, "", [])
    return min(start, other[0])


def passage_deleted(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    start, end = draft.lines(start, end)
    if not draft.slides(start, end):
        draft.put(start, end, "", [])
    return start


def heading_renamed(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    headings = list(re.finditer(r"^#+ +(.*\w.*)$", draft.text[:start], re.MULTILINE))
    if not headings:
        return start
    draft.splice(*headings[-1].span(1), draft.words(rng, 3).capitalize())
    return headings[-1].start()


def paragraph_moved(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    """To another blank line of the text."""
    return _carried(draft, draft.paragraph(start, end), rng, keep=False)


def paragraph_copied(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    return _carried(draft, draft.paragraph(start, end), rng, keep=True)


def section_moved(draft: Draft, start: int, end: int, rng: random.Random) -> int:
    """The section around the range, before another heading."""
    starts = [0, *(found.start() for found in re.finditer(r"^#+ ", draft.text, re.MULTILINE)), len(draft.text)]
    first = max(at for at in starts if at <= start)
    after = min((at for at in starts if at >= end and at > first), default=len(draft.text))
    others = [at for at in starts if at < first or at > after]
    if not others:
        return start
    return _carry(draft, first, after, rng.choice(others), keep=False)


def _carried(draft: Draft, block: tuple[int, int], rng: random.Random, *, keep: bool) -> int:
    gaps = [found.end() for found in re.finditer(r"\n(?=\n)", draft.text)]
    away = [at for at in gaps if at < block[0] - 200 or at > block[1] + 200]
    piece = draft.text[slice(*block)]
    if not away or draft.slides(*block) or draft.text.count(piece) > 1:
        return block[0]
    return _carry(draft, *block, rng.choice(away), keep=keep)


def _carry(draft: Draft, start: int, end: int, to: int, *, keep: bool) -> int:
    text, origin = draft.text[start:end], draft.origin[start:end]
    piece = f"\n{text}\n"
    marks = [draft.mark(start, end)] * len(piece) if keep else [NEW, *origin, NEW]
    if to >= end:
        draft.put(to, to, piece, marks)
    if not keep:
        draft.put(start, end, "", [])
    if to < end:
        draft.put(to, to, piece, marks)
    return min(start, to)


KINDS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        typo,
        typo_beside,
        word_replaced,
        sentence_rewritten,
        rewrapped,
        lines_inserted,
        line_deleted_beside,
        passage_deleted,
        heading_renamed,
        paragraph_moved,
        paragraph_copied,
        section_moved,
    )
}


def apply(draft: Draft, edit: Edit, ranges: Sequence[tuple[int, int]], rng: random.Random) -> None:
    """The edit at each of these ranges of the first text that still stands whole, from the last to the first."""
    where = draft.where()
    now = [(where[start], where[end - 1] + 1) for start, end in ranges if where[start] >= 0 and where[end - 1] >= 0]
    limit = len(draft.text)
    for start, end in sorted(now, reverse=True):
        if start < end <= limit:
            limit = edit(draft, start, end, rng)
