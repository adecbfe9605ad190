"""Bullets and table rows that both sides add at one place: two people who add to a list do not contradict each other.

Anything else that both add is a conflict, as in git. What a list or a table says around them is not looked at.
"""

import re
from collections.abc import Sequence

_BULLET = re.compile(r"([ \t]*[-*+][ \t]+)(\S.*?)(?::(?=[\s*]).*)?[\r\n]+\Z")
_ROW = re.compile(r"([ \t]*\|)((?:\\.|[^|\\\r\n])*)\|.*[\r\n]+\Z")


def together(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...] | None:
    """Ours, then theirs without what both have. None where that is not certain: other lines among them, two depths or
    signs, a label or first cell twice, or on both sides with different contents.
    """
    left, right = _labelled(ours), _labelled(theirs)
    if left is None or right is None or len({start for start, _ in (*left, *right)}) != 1:
        return None
    if any(left[label] != right[label] for label in left.keys() & right.keys()):
        return None
    return (*ours, *(line for label, line in right.items() if label not in left))


def _labelled(lines: Sequence[str]) -> dict[tuple[str, str], str] | None:
    """By what begins them (indentation with the sign) and their label; none when they are not all such entries."""
    found: dict[tuple[str, str], str] = {}
    for line in lines:
        entry = _BULLET.match(line) or _ROW.match(line)
        if entry is None or not line.strip(" \t\r\n|:-"):
            return None
        label = (entry[1], entry[2].strip())
        if label in found:
            return None
        found[label] = line
    return found
