"""JSON with bounds: how deep it is and how much is in it is counted before anything is built of it."""

import json
import re
from typing import NoReturn

from app.domain.evidence.format import Json
from app.domain.evidence.kind import Unknown, Unreadable

MOST_DEEP = 60
MOST_CONTAINERS = 100_000
MOST_TEXTS = 300_000
"""Keys are texts too. The worst file of 10 MB within these bounds, and what is built of it, take less than 150 MB."""
MOST_VALUES = 1_500_000
_PART = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{\]},]', re.DOTALL)


def read(text: str) -> Json:
    """The outermost object. Raises `Unreadable`."""
    _measure(text)
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Unreadable("It is not valid JSON.") from None
    if not isinstance(found, dict):
        raise Unknown("This JSON is of no kind that is known: it is no object.")
    return found


def _measure(text: str) -> None:
    depth = containers = texts = values = 0
    for part in _PART.finditer(text):
        match text[part.start()]:
            case "{" | "[":
                depth += 1
                containers += 1
            case "}" | "]":
                depth -= 1
            case '"':
                texts += 1
            case _:
                values += 1
        if depth > MOST_DEEP:
            raise Unreadable(f"It is more than {MOST_DEEP} levels deep.")
        if containers > MOST_CONTAINERS or texts > MOST_TEXTS or values > MOST_VALUES:
            bounds = f"{MOST_CONTAINERS:,} objects and lists, {MOST_TEXTS:,} texts or {MOST_VALUES:,} values"
            raise Unreadable(f"It holds more than {bounds}.")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
