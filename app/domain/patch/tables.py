"""A row more in a Markdown table, laid out as the rows before it."""

import re
from collections.abc import Mapping

from app.domain.blocks import Block
from app.domain.model import Design
from app.domain.parse.inlines import headers
from app.domain.patch.edits import Edit, NoPlace, at_bytes, line_end
from app.domain.text import Span

_PIPE = re.compile(r"(?<!\\)\|")


def add_row(design: Design, table: Span, cells: Mapping[str, str]) -> tuple[Edit, ...]:
    """Adds a row to the Markdown table that the span lies in. Cells go by header, in any case; others stay empty."""
    source = design.source
    block = _table_at(design, table)
    names = headers(block)
    unknown = {name.casefold() for name in cells} - set(names)
    if unknown:
        raise NoPlace(f"The table has no column {', '.join(sorted(unknown))}.")
    given = {name.casefold(): " ".join(value.split()).replace("|", "\\|") for name, value in cells.items()}
    last = block.children[-1]
    line_start = source.index.line_start(source.index.line(last.start))
    prefix, head = source.slice(line_start, last.start), source.slice(block.children[0].start, block.children[0].end)
    written = source.slice(last.start, last.end).rstrip()
    row = _row([given.get(name, "") for name in names], head.strip(), written)
    place = last.start + len(source.slice(last.start, last.end).rstrip().encode())
    if len(block.children) == 1:  # below the header stands the line of dashes
        line = source.index.line(last.start) + 1
        place = source.index.line_start(line) + len(
            source.slice(source.index.line_start(line), block.end).rstrip().encode()
        )
    return (at_bytes(source, place, place, f"{line_end(source)}{_continued(prefix)}{row}"),)


def _continued(prefix: str) -> str:
    """What stands before a row inside quotes and lists: their bullets count as white space on later lines."""
    return re.sub(r"[^\s>]", " ", prefix)


def _table_at(design: Design, span: Span) -> Block:
    for top in design.source.blocks:
        for block in top.walk():
            if block.kind == "Table" and block.children:
                found = design.source.span(block.start, block.end)
                if found.start <= span.start and span.end <= found.end:
                    return block
    raise NoPlace("There is no Markdown table at this place.")


def _row(values: list[str], head: str, last: str) -> str:
    """With outer pipes if the last row has them, and padded if its cells are as wide as those of the header."""
    widths = [len(cell) for cell in _PIPE.split(head.strip("|"))]
    aligned = last != head and widths == [len(cell) for cell in _PIPE.split(last.strip("|"))]
    if aligned:
        values = [value.ljust(width - 2) for value, width in zip(values, widths, strict=False)]
    line = " | ".join(values)
    return f"| {line} |" if last.startswith("|") or not line.strip() else line
