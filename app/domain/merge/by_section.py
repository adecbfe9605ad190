"""Three texts into one section by section, so that a section which moved takes the other side's change along.

Gives nothing where that is not certain; what is done then is not decided here.
"""

from collections import Counter
from collections.abc import Sequence

from app.domain.diff.parts import Part
from app.domain.diff.sections import pair_parts
from app.domain.merge.chunks import Conflict, Lines, Piece, Settled, combine, joined

_Named = dict[str, Part]


def by_section(base: Sequence[Part], ours: Sequence[Part], theirs: Sequence[Part]) -> list[Piece] | None:
    """None where the sections' order is disputed, where one is gone on one side and changed on the other, and where a
    title that stands several times does not stand as often in all three: nobody can tell then which is which.
    """
    if not _repeats(base) == _repeats(ours) == _repeats(theirs):
        return None
    old = {part.section_id: part for part in base}
    left, right = _named(base, ours), _named(base, theirs)
    names = _order(old, left, right)
    if names is None:
        return None
    return joined(piece for name in names for piece in _section(old.get(name), left.get(name), right.get(name)))


def _repeats(parts: Sequence[Part]) -> dict[str, int]:
    counts = Counter(part.title.casefold() for part in parts)
    return {title: count for title, count in counts.items() if count > 1}


def _named(base: Sequence[Part], side: Sequence[Part]) -> _Named:
    """The parts of a side by the names of the base; a renamed section keeps its old name."""
    return {(old or new).section_id: new for _, old, new in pair_parts(base, side) if new is not None}


def _order(old: _Named, left: _Named, right: _Named) -> list[str] | None:
    """The sections of the result. One that both moved, to two places, stands at the first of them."""
    found: list[str] = []
    for piece in combine(tuple(old), tuple(left), tuple(right)):
        if isinstance(piece, Conflict) and piece.base:
            return None
        found += piece.lines if isinstance(piece, Settled) else piece.ours + piece.theirs
    names = list(dict.fromkeys(found))
    for name in {*old, *left, *right}.difference(names):
        kept = [side[name] for side in (left, right) if name in side]
        if len(kept) == 2 or name not in old or any(part.lines != old[name].lines for part in kept):
            return None
    return names


def _section(base: Part | None, ours: Part | None, theirs: Part | None) -> list[Piece]:
    """The blank lines at the end are settled apart: a section that moves loses or gains them, and that is no dispute
    with a change of its last line.
    """
    if base is None:
        ours, theirs = ours or theirs, theirs or ours
    cut = [_blanks_apart(part.lines if part else ()) for part in (base, ours, theirs)]
    first = tuple(part.first_line if part else 0 for part in (base, ours, theirs))
    (was, was_blank), (one, one_blank), (other, other_blank) = cut
    if other_blank == was_blank:
        blank = one_blank
    else:
        blank = (
            other_blank
            if one_blank == was_blank
            else max(one_blank, other_blank, key=lambda lines: (len(lines), lines))
        )
    return [*combine(was, one, other, (first[0], first[1], first[2])), Settled(blank)]


def _blanks_apart(lines: Lines) -> tuple[Lines, Lines]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end], lines[end:]
