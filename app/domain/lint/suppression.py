"""Comments by which an author silences a rule: `<!-- plumbline: ignore RULE because … -->`."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.blocks import Block
from app.domain.model import Design
from app.domain.text import Span

# The reason is bounded so that a comment that never ends costs no more than a long one.
_COMMENT = re.compile(r"<!--\s*plumbline:\s*ignore\s+([a-z][a-z0-9-]*)(.{0,500}?)-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A silenced rule and the lines (from 0, both included) in which it is silent."""

    rule: str
    reason: str
    first: int
    last: int
    span: Span


class Silence:
    """Tells in O(log n) whether a rule is silenced in a line."""

    def __init__(self, silenced: Iterable[Suppression]) -> None:
        self._ranges: dict[str, list[tuple[int, int]]] = {}
        for one in sorted(silenced, key=lambda one: one.first):
            ranges = self._ranges.setdefault(one.rule, [])
            if ranges and one.first <= ranges[-1][1]:
                ranges[-1] = (ranges[-1][0], max(ranges[-1][1], one.last))
            else:
                ranges.append((one.first, one.last))

    def covers(self, rule: str, line: int) -> bool:
        ranges = self._ranges.get(rule, [])
        at = bisect_right(ranges, line, key=lambda span: span[0]) - 1
        return at >= 0 and line <= ranges[at][1]


def suppressions(design: Design) -> tuple[Suppression, ...]:
    if "plumbline:" not in design.text:
        return ()
    sections = {section.id: section.span for section in design.sections}
    return tuple(_among(design, design.source.blocks, sections))


def _among(design: Design, top: Sequence[Block], sections: dict[str, Span]) -> Iterator[Suppression]:
    """Looks at every row of siblings; a comment in the middle of a paragraph speaks for that paragraph."""
    rows = [top]
    while rows:
        row = rows.pop()
        for at, block in enumerate(row):
            if block.children:
                rows.append(block.children)
            html = "".join(data for _, kind, data, _, _ in block.inlines if kind in ("Html", "InlineHtml"))
            for match in _COMMENT.finditer(html):
                first, last = _lines(design, row, at, sections)
                span = design.source.span(block.start, block.end)
                yield Suppression(match[1], _reason(match[2]), first, last, span)


def _reason(words: str) -> str:
    """What stands behind `because`."""
    return words.strip().removeprefix("because").strip() if words.strip().startswith("because") else ""


def _lines(design: Design, row: Sequence[Block], at: int, sections: dict[str, Span]) -> tuple[int, int]:
    index, block = design.source.index, row[at]
    before = row[at - 1] if at else None
    if block.kind == "HtmlBlock" and before is not None and before.kind == "Heading":
        span = sections.get(design.source.anchors[before.start])
        if span:
            return span.start.line, span.end.line
    about = row[at + 1] if block.kind == "HtmlBlock" and at + 1 < len(row) else block
    return index.line(about.start), index.line(max(about.start, about.end - 1))
