"""How wide a text will be, roughly, and how it is broken to fit a box. Widths are pixels at 13 px semi-bold sans."""

import unicodedata
from functools import lru_cache
from itertools import accumulate

SIZE = 13.0
_NARROW = frozenset("iIjlft.,:;'|!()[]{} /\\`")
_WIDE = frozenset("mwMW@%&—…")


def width(text: str) -> float:
    return sum(_em(character) for character in text) * SIZE


def wrapped(text: str, limit: float, lines: int) -> tuple[str, ...]:
    """At most so many lines of at most this width; what does not fit ends in an ellipsis."""
    done: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if line and width(joined) > limit:
            done.append(line)
            line = word
        else:
            line = joined
    done.append(line)
    if len(done) > lines:
        done = [*done[: lines - 1], " ".join(done[lines - 1 :])]
    return tuple(shortened(part, limit) for part in done)


def shortened(text: str, limit: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text) <= limit:
        return text
    room = limit - width("…")
    ends = accumulate(_em(character) * SIZE for character in text)
    return text[: sum(end <= room for end in ends)].rstrip() + "…"


@lru_cache(4096)
def _em(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.92
    if unicodedata.east_asian_width(character) in "WF":
        return 1.1
    if unicodedata.combining(character):
        return 0.0
    return 0.7 if character.isupper() else 0.6
