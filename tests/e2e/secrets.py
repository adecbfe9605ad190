"""What no log may hold: every password, token, cookie and link that the flows of this run used."""

import re

_planted: set[str] = set()
_ANNOUNCED = "Make the owner's account:"
"""The one-time link for the first account is printed, on purpose, for whoever started the server."""


def plant(*secrets: str) -> None:
    _planted.update(secret for secret in secrets if len(secret) > 6)


def found_in(log: str) -> list[str]:
    """Lines of a server's output that hold one of them."""
    if not _planted:
        return []
    any_of = re.compile("|".join(map(re.escape, sorted(_planted))))
    return [line for line in log.splitlines() if _ANNOUNCED not in line and any_of.search(line)]
