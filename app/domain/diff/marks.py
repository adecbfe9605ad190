"""Which words of two texts differ: each text cut into pieces that are marked or not. Lines are paired elsewhere."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.diff.matching import Run, common_ends, joined, runs

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\S\r\n]+|\r\n|.", re.DOTALL)
_WORD = re.compile(r"\w")
# Longer texts are marked from where their beginnings part to where their ends meet again.
_LONGEST = 50_000
_ISLAND = 3


class Piece(NamedTuple):
    """A stretch of a text; `marked` where the other text has something else."""

    text: str
    marked: bool


Pieces = tuple[Piece, ...]


def tokens(text: str) -> list[str]:
    """Words, numbers, runs of blanks, line ends, single other characters; joined they are the text again."""
    return _TOKEN.findall(text)


def marked(old: str, new: str) -> tuple[Pieces, Pieces]:
    """The pieces of both texts. What stands unmarked is the same on both sides."""
    if max(len(old), len(new)) > _LONGEST:
        return _ends_only(old, new)
    left, right = tokens(old), tokens(new)
    found = without_islands(runs(left, right), left)
    before = ((left[run.old_start : run.old_end], not run.same) for run in found)
    after = ((right[run.new_start : run.new_end], not run.same) for run in found)
    return _pieces(before), _pieces(after)


def without_islands(found: Sequence[Run], old: Sequence[str]) -> list[Run]:
    """The runs with blanks and single marks between two differences counted among these, so that marks are whole."""
    last = len(found) - 1
    return joined(
        (*run[:4], run.same and not (0 < at < last and _is_island(old, run.old_start, run.old_end)))
        for at, run in enumerate(found)
    )


def _is_island(words: Sequence[str], start: int, end: int) -> bool:
    if end - start > _ISLAND:
        return False
    text = "".join(words[start:end])
    return len(text) <= _ISLAND and not _WORD.search(text)


def _pieces(found: Iterator[tuple[list[str], bool]]) -> Pieces:
    return tuple(Piece("".join(words), is_marked) for words, is_marked in found if words)


def _ends_only(old: str, new: str) -> tuple[Pieces, Pieces]:
    head, tail = common_ends(old, new)
    return _three(old, head, tail), _three(new, head, tail)


def _three(text: str, head: int, tail: int) -> Pieces:
    end = len(text) - tail
    cut = ((text[:head], False), (text[head:end], True), (text[end:], False))
    return tuple(Piece(piece, is_marked) for piece, is_marked in cut if piece)
