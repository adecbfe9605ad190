"""Three sequences of lines into one, by the diff3 rule (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007).

What one side alone changed is taken; what both changed alike is taken once; what they changed differently is a
conflict. Lines that only one side has between two others stay where that side put them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.diff.matching import runs

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Lines, with their ends, that nobody has to look at."""

    lines: Lines


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the base had and what became of it on either side; `section` is the title it stands under."""

    base: Lines
    ours: Lines
    theirs: Lines
    section: str = ""


Piece = Settled | Conflict


def combine(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], section: str = "") -> list[Piece]:
    """The pieces in order; neighbours are never both settled."""
    chunks = _chunks(base, ours, theirs)
    return joined(Settled(chunk[1]) if stable else _settle(*chunk, section) for stable, chunk in chunks)


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


def _settle(base: Lines, ours: Lines, theirs: Lines, section: str) -> Piece:
    if theirs in (base, ours):
        return Settled(ours)
    if ours == base:
        return Settled(theirs)
    if not base and _are_entries(ours) and _are_entries(theirs):
        return Settled(ours + tuple(line for line in theirs if line not in ours))
    return Conflict(base, ours, theirs, section)


def _are_entries(lines: Lines) -> bool:
    """Rows of a table, or bullets: those that two people add at one place do not contradict each other."""
    starts = {line.lstrip()[:2].rstrip() for line in lines}
    return all(line.endswith(("\n", "\r")) for line in lines) and (starts <= {"-"} or starts <= {"*"} or _rows(lines))


def _rows(lines: Lines) -> bool:
    return all(line.startswith("|") and line.strip("|-: \t\r\n") for line in lines)


def _chunks(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[bool, tuple[Lines, Lines, Lines]]]:
    """Stretches that are the same in all three (true) and those between them."""
    in_ours, in_theirs = _places(base, ours), _places(base, theirs)
    at = at_ours = at_theirs = 0
    held = [line for line in range(len(base)) if line in in_ours and line in in_theirs]
    for line in [*held, len(base)]:
        until_ours, until_theirs = in_ours.get(line, len(ours)), in_theirs.get(line, len(theirs))
        between = (tuple(base[at:line]), tuple(ours[at_ours:until_ours]), tuple(theirs[at_theirs:until_theirs]))
        if any(between):
            yield False, between
        if line < len(base):
            yield True, ((base[line],), (ours[until_ours],), (theirs[until_theirs],))
        at, at_ours, at_theirs = line + 1, until_ours + 1, until_theirs + 1


def _places(base: Sequence[str], side: Sequence[str]) -> dict[int, int]:
    """Line of the base -> its line in the side, where it is kept."""
    return {
        run.old_start + offset: run.new_start + offset
        for run in runs(base, side)
        if run.same
        for offset in range(run.old_end - run.old_start)
    }
