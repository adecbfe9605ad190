"""Two texts that come from one, made into one: by section, then by line.

Nothing is dropped. Take the lines of one side with their number, and those of the base: what the side has more often
than the base stands that often in the settled lines or in that side's half of a conflict. A line that the base has
once and both sides kept stands, too, in one of those places. Where merging by section is not certain, or would break
this, the texts are merged by line alone.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.diff.parts import Part, parts, split_lines
from app.domain.merge.by_section import by_section
from app.domain.merge.chunks import Conflict, Lines, Piece, Settled, combine
from app.domain.parse import parse

_MARKER = re.compile(r"<+|\|+|=+|>+")
_ENDS = ("\n", "\r\n", "\r")


@dataclass(frozen=True)
class Merge:
    """The merged text in pieces; `line_end` is what a line gets that had none and is not the last any more."""

    pieces: tuple[Piece, ...]
    line_end: str = "\n"

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Conflict))

    @cached_property
    def text(self) -> str | None:
        """None while there are conflicts."""
        if self.conflicts:
            return None
        return _joined((piece.lines for piece in self.pieces if isinstance(piece, Settled)), self.line_end)

    def with_markers(self, ours: str = "ours", theirs: str = "theirs", base: str = "base", size: int = 7) -> str:
        """Conflicts between lines of `<`, `|`, `=` and `>` as git's diff3 style writes them. The markers are longer
        than `size` where a line of the text looks like one.
        """
        if self.text is not None:
            return self.text
        starts = (_MARKER.match(line) for piece in self.pieces for line in _all_lines(piece))
        longest = max((len(start[0]) for start in starts if start), default=0)
        size, end = max(size, longest + 1 if longest >= size else 0), self.line_end
        blocks: list[Iterable[str]] = []
        for piece in self.pieces:
            if isinstance(piece, Settled):
                blocks.append(piece.lines)
                continue
            blocks += [
                [f"{'<' * size} {ours}{end}"], piece.ours, [f"{'|' * size} {base}{end}"], piece.base,
                [f"{'=' * size}{end}"], piece.theirs, [f"{'>' * size} {theirs}{end}"],
            ]  # fmt: skip
        return _joined(blocks, end)


def merge(base: str, ours: str, theirs: str) -> Merge:
    """Deterministic; any three texts. The same with the sides exchanged, but for the order of what both added."""
    if theirs in (base, ours):
        return _whole(ours)
    if ours == base:
        return _whole(theirs)
    old, left, right = (tuple(split_lines(text)) for text in (base, ours, theirs))
    sides = [parts(parse(text)) for text in (base, ours, theirs)]
    pieces = by_section(*sides)
    if pieces is None or not _keeps_all(pieces, old, left, right):
        pieces = combine(old, left, right)
    return Merge(tuple(_titled(piece, *sides[1:]) for piece in pieces), _line_end(left))


def _whole(text: str) -> Merge:
    return Merge((Settled(tuple(split_lines(text))),))


def _line_end(lines: Lines) -> str:
    """What most lines end with."""
    often = Counter(line[-2:] if line.endswith("\r\n") else line[-1:] for line in lines)
    return max(_ENDS, key=often.__getitem__)


def _titled(piece: Piece, ours: Sequence[Part], theirs: Sequence[Part]) -> Piece:
    if isinstance(piece, Settled):
        return piece
    side, at = (ours, piece.at[1]) if piece.ours else (theirs, piece.at[2])
    place = bisect_right(side, at, key=lambda part: part.first_line) - 1
    return replace(piece, section=side[place].title)


def _keeps_all(pieces: Sequence[Piece], base: Lines, ours: Lines, theirs: Lines) -> bool:
    """Whether what the module promises holds for these pieces."""
    settled = Counter(line for piece in pieces if isinstance(piece, Settled) for line in piece.lines)
    left = settled + Counter(line for piece in pieces if isinstance(piece, Conflict) for line in piece.ours)
    right = settled + Counter(line for piece in pieces if isinstance(piece, Conflict) for line in piece.theirs)
    before, one, other = Counter(base), Counter(ours), Counter(theirs)
    kept = [line for line, count in before.items() if count == 1 and line in one and line in other]
    return (
        all(left[line] >= count for line, count in (one - before).items())
        and all(right[line] >= count for line, count in (other - before).items())
        and all(left[line] or right[line] for line in kept)
    )


def _all_lines(piece: Piece) -> Iterable[str]:
    return piece.lines if isinstance(piece, Settled) else (*piece.base, *piece.ours, *piece.theirs)


def _joined(blocks: Iterable[Iterable[str]], line_end: str) -> str:
    lines = [line for block in blocks for line in block]
    ended = [line if line.endswith(("\n", "\r")) else line + line_end for line in lines[:-1]]
    return "".join([*ended, *lines[-1:]])
