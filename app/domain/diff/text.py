"""Two texts line by line: sections paired, lines paired within them, words marked within lines.

From the result both texts can be rebuilt exactly: every line of either stands in it once, under its number. How it is
shown is not here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from app.domain.diff.line_pairs import Effort, Pair, pairs, squeezed
from app.domain.diff.marks import Piece, Pieces, marked
from app.domain.diff.matching import common_ends
from app.domain.diff.parts import Part, parts
from app.domain.diff.sections import Fate, pair_parts
from app.domain.model import Design

# Unchanged lines shown around a change; fewer than `_WORTH_FOLDING` more are shown as well.
_CONTEXT, _WORTH_FOLDING = 3, 4
# Of both texts together. Beyond them only the first and the last difference are looked for.
_MOST_LINES, _MOST_SECTIONS = 100_000, 4_000


class RowKind(StrEnum):
    """What happened to a line; `layout` is a change of white space or of the line's end alone."""

    same = "same"
    changed = "changed"
    layout = "layout"
    removed = "removed"
    added = "added"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one side with its end, or `count` neighbours of a huge text; `number` is from 1."""

    number: int
    pieces: Pieces
    count: int = 1

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of either side or of both."""

    kind: RowKind
    old: Line | None
    new: Line | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that are shown, or `folded` ones: unchanged and far from any change."""

    rows: tuple[Row, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class SectionDiff:
    """A section of either text or of both. `added` and `removed` count lines, a changed one on either side."""

    fate: Fate
    title: str
    old_title: str
    section_id: str  # in the text it is shown from, the new one where it stands there; empty before the first heading
    old_id: str  # in the old text; empty where it does not stand there
    stretches: tuple[Stretch, ...]
    added: int
    removed: int

    @property
    def new_id(self) -> str:
        """In the new text; empty where it does not stand there."""
        return "" if self.fate is Fate.removed else self.section_id

    @property
    def changed(self) -> bool:
        return bool(self.added or self.removed or self.fate is not Fate.kept)

    @property
    def rows(self) -> Iterator[Row]:
        return (row for stretch in self.stretches for row in stretch.rows)


@dataclass(frozen=True, slots=True)
class TextDiff:
    """The sections in the order of the new text, removed ones where they stood."""

    sections: tuple[SectionDiff, ...]

    @property
    def added(self) -> int:
        return sum(section.added for section in self.sections)

    @property
    def removed(self) -> int:
        return sum(section.removed for section in self.sections)

    @property
    def changed(self) -> bool:
        return any(section.changed for section in self.sections)


def compare_texts(old: Design, new: Design) -> TextDiff:
    """Deterministic, never raises, bounded in time: where a bound is met, the difference is coarser."""
    before, after = parts(old), parts(new)
    if sum(len(part.lines) for part in (*before, *after)) > _MOST_LINES or len(before) + len(after) > _MOST_SECTIONS:
        return TextDiff((_huge(_all_lines(before), _all_lines(after)),))
    effort = Effort()
    paired = [row for row in pair_parts(before, after) if any(part and part.lines for part in row[1:])]
    return TextDiff(tuple(_section(fate, one, two, effort) for fate, one, two in paired))


def _all_lines(found: Sequence[Part]) -> list[str]:
    return [line for part in found for line in part.lines]


def _huge(old: list[str], new: list[str]) -> SectionDiff:
    """Everything in one section and at most four rows."""
    head, tail = common_ends(old, new)
    ends = len(old) - tail, len(new) - tail
    left, right = (_block(lines, head, end) for lines, end in zip((old, new), ends, strict=True))
    rows = [
        Row(RowKind.same, _block(old, 0, head), _block(new, 0, head)),
        Row(RowKind.removed, left, None),
        Row(RowKind.added, None, right),
        Row(RowKind.same, _block(old, ends[0], len(old)), _block(new, ends[1], len(new))),
    ]
    stretches = (Stretch((row,), row.kind is RowKind.same) for row in rows if row.old or row.new)
    return SectionDiff(Fate.kept, "", "", "", "", tuple(stretches), ends[1] - head, ends[0] - head)


def _block(lines: list[str], start: int, end: int) -> Line | None:
    return Line(start + 1, (Piece("".join(lines[start:end]), marked=False),), end - start) if end > start else None


def _section(fate: Fate, old: Part | None, new: Part | None, effort: Effort) -> SectionDiff:
    before, after = old.lines if old else (), new.lines if new else ()
    first_old, first_new = old.first_line if old else 0, new.first_line if new else 0
    rows = [_row(pair, before, after, (first_old, first_new)) for pair in pairs(before, after, effort)]
    shown = new or old
    return SectionDiff(
        fate=fate,
        title=shown.title if shown else "",
        old_title=old.title if old else "",
        section_id=shown.section_id if shown else "",
        old_id=old.section_id if old else "",
        stretches=tuple(_stretches(rows)),
        added=sum(row.new is not None and row.kind is not RowKind.same for row in rows),
        removed=sum(row.old is not None and row.kind is not RowKind.same for row in rows),
    )


def _row(pair: Pair, old: Sequence[str], new: Sequence[str], first: tuple[int, int]) -> Row:
    left, right = pair
    if left is None or right is None:
        before = None if left is None else _whole(first[0] + left, old[left])
        after = None if right is None else _whole(first[1] + right, new[right])
        return Row(RowKind.added if left is None else RowKind.removed, before, after)
    numbers = first[0] + left, first[1] + right
    if old[left] == new[right]:
        return Row(RowKind.same, _whole(numbers[0], old[left]), _whole(numbers[1], new[right]))
    pieces = marked(old[left], new[right])
    kind = RowKind.layout if squeezed(old[left]) == squeezed(new[right]) else RowKind.changed
    return Row(kind, Line(numbers[0] + 1, pieces[0]), Line(numbers[1] + 1, pieces[1]))


def _whole(number: int, line: str) -> Line:
    return Line(number + 1, (Piece(line, marked=False),))


def _stretches(rows: list[Row]) -> Iterator[Stretch]:
    """Folds what is unchanged and at least `_CONTEXT` lines away from any change, where that is worth it."""
    far = far_from_changes([row.kind is RowKind.same for row in rows], _CONTEXT)
    shown: list[Row] = []
    for is_far, group in groupby(range(len(rows)), key=far.__getitem__):
        found = [rows[at] for at in group]
        if not is_far or len(found) < _WORTH_FOLDING:
            shown.extend(found)
            continue
        if shown:
            yield Stretch(tuple(shown), folded=False)
        yield Stretch(tuple(found), folded=True)
        shown = []
    if shown:
        yield Stretch(tuple(shown), folded=False)


def far_from_changes(same: Sequence[bool], context: int) -> list[bool]:
    """Of each of some neighbours whether more than `context` others stand between it and any that is not the same."""
    far = [True] * len(same)
    for at, is_same in enumerate(same):
        if not is_same:
            first, last = max(0, at - context), min(len(same), at + context + 1)
            far[first:last] = [False] * (last - first)
    return far
