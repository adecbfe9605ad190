"""Comments by which an author silences a rule: `<!-- plumbline: ignore RULE because … -->`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.blocks import Block
from app.domain.model import Design
from app.domain.text import Span

_COMMENT = re.compile(
    r"<!--\s*plumbline:\s*ignore\s+(?P<rule>[a-z][a-z0-9-]*)\s*(?:because\s+(?P<why>.*?))?\s*-->", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A silenced rule and the lines (from 0, both included) in which it is silent."""

    rule: str
    reason: str
    first: int
    last: int
    span: Span


def suppressions(design: Design) -> tuple[Suppression, ...]:
    if "plumbline:" not in design.text:
        return ()
    return tuple(_among(design, list(design.source.blocks)))


def _among(design: Design, top: list[Block]) -> Iterator[Suppression]:
    """Looks at every row of siblings; a comment in the middle of a paragraph speaks for that paragraph."""
    rows = [top]
    while rows:
        row = rows.pop()
        for at, block in enumerate(row):
            if block.children:
                rows.append(block.children)
            html = "".join(event.data for event in block.inlines if event.kind in ("Html", "InlineHtml"))
            for match in _COMMENT.finditer(html):
                first, last = _lines(design, row, at)
                span = design.source.span(block.start, block.end)
                yield Suppression(match["rule"], (match["why"] or "").strip(), first, last, span)


def _lines(design: Design, row: list[Block], at: int) -> tuple[int, int]:
    index, block = design.source.index, row[at]
    before = row[at - 1] if at else None
    if block.kind == "HtmlBlock" and before is not None and before.kind == "Heading":
        section = design.section(design.source.anchors[before.start])
        if section:
            return section.span.start.line, section.span.end.line
    about = row[at + 1] if block.kind == "HtmlBlock" and at + 1 < len(row) else block
    return index.line(about.start), index.line(max(about.start, about.end - 1))
