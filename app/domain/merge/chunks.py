"""Three sequences of lines into one, by the diff3 rule (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007).

What one side alone changed is taken; what both changed alike is taken once; what they changed differently is a
conflict. Lines that only one side has between two others stay where that side put them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.diff.matching import runs
from app.domain.merge.entries import together

Lines = tuple[str, ...]
Places = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Settled:
    """Lines, with their ends, that nobody has to look at."""

    lines: Lines


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the base had and what became of it on either side. `at` are the lines, from 0, where that begins in the
    base, in ours and in theirs; `section` is the title it stands under.
    """

    base: Lines
    ours: Lines
    theirs: Lines
    at: Places = (0, 0, 0)
    section: str = ""


Piece = Settled | Conflict


def combine(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], first: Places = (0, 0, 0)) -> list[Piece]:
    """The pieces in order; neighbours are never both settled. `first` are the places of the first items."""
    return joined(_settle(*lines, at) for lines, at in _chunks(base, ours, theirs, first))


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The same with neighbours that are settled as one, and without empty ones."""
    found: list[Piece] = []
    run: list[str] = []
    for piece in [*pieces, None]:
        if isinstance(piece, Settled):
            run += piece.lines
            continue
        if run:
            found.append(Settled(tuple(run)))
            run = []
        if piece is not None:
            found.append(piece)
    return found


def _settle(base: Lines, ours: Lines, theirs: Lines, at: Places) -> Piece:
    if theirs in (base, ours):
        return Settled(ours)
    if ours == base:
        return Settled(theirs)
    both = None if base else together(ours, theirs)
    return Conflict(base, ours, theirs, at) if both is None else Settled(both)


def _chunks(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], first: Places
) -> Iterator[tuple[tuple[Lines, Lines, Lines], Places]]:
    """Lines that are the same in all three, one by one, and the stretches between them."""
    in_ours, in_theirs = _places(base, ours), _places(base, theirs)
    at = at_ours = at_theirs = 0
    held = [line for line in range(len(base)) if line in in_ours and line in in_theirs]
    for line in [*held, len(base)]:
        until_ours, until_theirs = in_ours.get(line, len(ours)), in_theirs.get(line, len(theirs))
        between = (tuple(base[at:line]), tuple(ours[at_ours:until_ours]), tuple(theirs[at_theirs:until_theirs]))
        if any(between):
            yield between, (first[0] + at, first[1] + at_ours, first[2] + at_theirs)
        if line < len(base):
            same = (base[line],)
            yield (same, same, same), (first[0] + line, first[1] + until_ours, first[2] + until_theirs)
        at, at_ours, at_theirs = line + 1, until_ours + 1, until_theirs + 1


def _places(base: Sequence[str], side: Sequence[str]) -> dict[int, int]:
    """Line of the base -> its line in the side, where it is kept."""
    return {
        run.old_start + offset: run.new_start + offset
        for run in runs(base, side)
        if run.same
        for offset in range(run.old_end - run.old_start)
    }
