"""Two texts that come from one, made into one: by section, then by line.

Nothing is dropped: a line that one side has and the base has not stands in the result or in a conflict, as often as
either side has it; a line of the base that both kept stands, too. Where the order of sections is disputed, or a section
is gone on one side and changed on the other, the texts are merged by line alone, which shows that as a conflict.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from app.domain.diff.parts import Part, parts, split_lines
from app.domain.merge.chunks import Conflict, Lines, Piece, Settled, combine, joined
from app.domain.parse import parse

# Two sections under other names are one that was renamed when their texts agree this much (0 to 100).
_RENAMED = 70
_MARKERS = "<|=>"


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
        """Conflicts between lines of `<`, `|`, `=` and `>` as git's diff3 style writes them. The markers grow until
        no line of the text looks like one.
        """
        lines = [line for piece in self.pieces for line in _all_lines(piece)]
        while any(line.startswith(tuple(mark * size for mark in _MARKERS)) for line in lines):
            size += 1
        end = self.line_end
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
    if ours == theirs or theirs == base:
        return _whole(ours)
    if ours == base:
        return _whole(theirs)
    line_end = "\r\n" if ours.count("\r\n") * 2 > ours.count("\n") else "\n"
    old, left, right = (tuple(split_lines(text)) for text in (base, ours, theirs))
    by_section = _by_section(*(parts(parse(text)) for text in (base, ours, theirs)))
    if by_section is not None and _keeps_all(by_section, old, left, right):
        return Merge(tuple(by_section), line_end)
    return Merge(tuple(combine(old, left, right)), line_end)


def _whole(text: str) -> Merge:
    return Merge((Settled(tuple(split_lines(text))),))


def _by_section(base: Sequence[Part], ours: Sequence[Part], theirs: Sequence[Part]) -> list[Piece] | None:
    """None where the sections' order cannot be settled."""
    old = {part.section_id: part for part in base}
    left, right = _named(old, ours), _named(old, theirs)
    names = [name for piece in combine(tuple(old), tuple(left), tuple(right)) for name in _order(piece)]
    if len(names) != len(set(names)) or not names:
        return None
    if not set(left) & set(right) <= set(names) or not (set(left) ^ set(right)) - set(old) <= set(names):
        return None
    for name in old.keys() - set(names):
        if any(side[name].lines != old[name].lines for side in (left, right) if name in side):
            return None
    pieces: list[Piece] = []
    for name in names:
        was, one, other = (side[name].lines if name in side else () for side in (old, left, right))
        title = next(side[name].title for side in (left, right, old) if name in side)
        if name not in old:
            one, other = one or other, other or one
        pieces += _section(was, one, other, title)
    return joined(pieces)


def _section(base: Lines, ours: Lines, theirs: Lines, title: str) -> list[Piece]:
    """The blank lines at the end are settled apart: a section that moves loses or gains them, and that is no dispute
    with a change of its last line.
    """
    (was, was_blank), (one, one_blank), (other, other_blank) = (_blanks_apart(side) for side in (base, ours, theirs))
    if other_blank == was_blank:
        blank = one_blank
    else:
        blank = other_blank if one_blank == was_blank else max(one_blank, other_blank, key=len)
    return [*combine(was, one, other, title), Settled(blank)]


def _blanks_apart(lines: Lines) -> tuple[Lines, Lines]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end], lines[end:]


def _order(piece: Piece) -> Lines:
    """The sections of a stretch: those that both sides added stand one after the other. Nothing where it is disputed,
    which leaves out a section and so settles nothing.
    """
    if isinstance(piece, Settled):
        return piece.lines
    return piece.ours + piece.theirs if not piece.base else ()


def _named(old: dict[str, Part], side: Sequence[Part]) -> dict[str, Part]:
    """The parts of a side by the names of the base; a renamed section keeps its old name."""
    own = {part.section_id for part in side}
    gone = {name: part for name, part in old.items() if name not in own}
    named: dict[str, Part] = {}
    for part in side:
        name = part.section_id
        if name not in old:
            likely = max(gone, key=lambda lost: _likeness(gone[lost], part), default=None)
            if likely is not None and _likeness(gone[likely], part) >= _RENAMED:
                name = likely
                del gone[likely]
        named[name] = part
    return named


def _likeness(old: Part, new: Part) -> float:
    """Of what stands under the heading; nothing is like nothing."""
    left, right = "".join(old.lines[1:]).strip(), "".join(new.lines[1:]).strip()
    return fuzz.ratio(left, right, score_cutoff=_RENAMED) if left and right and old.level == new.level else 0.0


def _keeps_all(pieces: Sequence[Piece], base: Lines, ours: Lines, theirs: Lines) -> bool:
    """Whether every line that a side added stands in the pieces, as often as that side has it."""
    held = Counter(line for piece in pieces for line in _all_lines(piece))
    before = Counter(base)
    return all(held[line] >= count for side in (ours, theirs) for line, count in (Counter(side) - before).items())


def _all_lines(piece: Piece) -> Iterable[str]:
    return piece.lines if isinstance(piece, Settled) else (*piece.base, *piece.ours, *piece.theirs)


def _joined(blocks: Iterable[Iterable[str]], line_end: str) -> str:
    lines = [line for block in blocks for line in block]
    ended = [line if line.endswith(("\n", "\r")) else line + line_end for line in lines[:-1]]
    return "".join([*ended, *lines[-1:]])
