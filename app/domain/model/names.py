"""When two names are one name, and what tense a claim stands in."""

import re
from enum import StrEnum

_LOOSE = re.compile(r"[\s\-_`]+")


def name_key(name: str) -> str:
    """Names are the same name when they differ only in case, spaces, hyphens, underscores and code ticks."""
    return _LOOSE.sub("", name).casefold()


class Tense(StrEnum):
    """Whether a claim speaks of what is, of what shall be, or of what has been."""

    implemented = "implemented"
    planned = "planned"
    proposed = "proposed"
    deprecated = "deprecated"
    removed = "removed"
