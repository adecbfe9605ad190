"""Where a line of the text is found in the page: the anchor of its block, and the bob that stands there."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from app.domain.blocks import NESTING
from app.domain.health import Severity
from app.domain.lint.rule import Finding
from app.domain.render.escape import text
from app.domain.source import Source

_MARKED = frozenset({"Paragraph", "Heading", "Item", "TableHead", "TableRow", "CodeBlock", "HtmlBlock", "Rule"})
_OPENING = _MARKED | NESTING
_ORDER = list(Severity)
TOP = -1


class Place(NamedTuple):
    """The first block that begins in a line. `anchor` is the heading's own, or `L` and the line."""

    line: int
    anchor: str
    kind: str


class Places:
    """The places of a text, by the number of the event that opens the block; `TOP` is the head of the page."""

    def __init__(self, source: Source, findings: Sequence[Finding] = ()) -> None:
        self.by_event: dict[int, Place] = {}
        seen: set[int] = set()
        raw, raw_end = source.too_deep, 0
        for at, (phase, kind, _, start, _) in enumerate(source.events):
            if kind not in _OPENING or phase == "end" or start < raw_end:
                continue
            if kind in NESTING:
                if start not in raw:
                    continue
                raw_end = raw[start]
            line = source.line(start)
            if line not in seen:
                seen.add(line)
                anchor = source.anchors[start] if kind == "Heading" else f"L{line}"
                self.by_event[at] = Place(line, anchor, kind)
        self._events = sorted(self.by_event, key=lambda at: self.by_event[at].line)
        self._lines = [self.by_event[at].line for at in self._events]
        self._found: dict[int, list[tuple[int, Finding]]] = {}
        for number, finding in enumerate(findings, start=1):
            self._found.setdefault(self._event(finding.line), []).append((number, finding))

    def anchor(self, line: int) -> str:
        """The id to jump to for a line (from 1)."""
        at = self._event(line)
        return "L0" if at == TOP else self.by_event[at].anchor

    def bob(self, at: int) -> str:
        """The mark in the margin for everything found in a block: the worst of it, or nothing."""
        found = self._found.get(at)
        if not found:
            return ""
        number, worst = min(found, key=lambda pair: (_ORDER.index(pair[1].severity), pair[0]))
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        label = text(f"{worst.severity.capitalize()}: {worst.rule}{others}")
        own = "" if at == TOP or self.by_event[at].kind != "HtmlBlock" else f' id="{self.by_event[at].anchor}"'
        return (
            f'<a{own} class="bob bob-{worst.severity}" href="#finding-{number}" aria-label="{label}"><span></span></a>'
        )

    def _event(self, line: int) -> int:
        """The block that a line belongs to: the last one that begins in it or above it."""
        at = bisect_right(self._lines, line) - 1
        return self._events[at] if at >= 0 else TOP
