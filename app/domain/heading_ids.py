"""The ids of headings, by GitHub's rule, so that links written for GitHub work here."""

import re
import unicodedata

_KEPT = re.compile(r"[^\w\- ]")
# Ids of the page around the text, which no heading may take.
_OURS = re.compile(r"finding-\d+\Z")


def slug(title: str) -> str:
    """Lower case; white space becomes hyphens; whatever is no letter, digit, hyphen or underscore goes."""
    composed = title.strip().lower()
    if not composed.isascii():
        composed = unicodedata.normalize("NFC", composed)
    return _KEPT.sub("", composed.replace("\t", " ").replace("\n", " ")).replace(" ", "-")


class HeadingIds:
    """Hands out anchors, each once; the second of two equal titles gets `-1`, as on GitHub."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def take(self, title: str) -> str:
        wanted = slug(title) or "section"
        count = self._next.get(wanted, 0)
        anchor = wanted if not count and not _OURS.match(wanted) else f"{wanted}-{max(count, 1)}"
        while anchor in self._next:
            count += 1
            anchor = f"{wanted}-{count}"
        self._next[wanted] = max(count, 0) + 1
        self._next.setdefault(anchor, 1)
        return anchor
