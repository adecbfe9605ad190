"""What is measured and logged while the software runs."""

import re
from collections.abc import Iterator, Sequence

from app.domain.model import LogLevel, Metric, Section
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import Flat, first_paragraph, flatten, headers, item_text, items, name_and_note, rows
from app.domain.roles import Role
from app.domain.source import Source

_LEVEL = re.compile(r"\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b")
_NOTE = re.compile(r"\s?[:–—-]\s(.*)", re.DOTALL)
_LONGEST_NAME = 80


def read_metrics(source: Source, sections: Sequence[Section]) -> tuple[Metric, ...]:
    """Bullets `name: what it counts`, and tables with a `Metric` column."""
    ids = Ids("metric")
    found: list[Metric] = []
    for section in (section for section in sections if section.context is Role.metrics):
        for item in items(section.blocks):
            flat = item_text(source, item)
            if flat:
                name, note = name_and_note(flat.text.strip())
                if len(name) <= _LONGEST_NAME:
                    found.append(Metric(ids.take(name), name, note, flat.span(0, len(flat.text))))
        for table in (block for block in section.blocks if block.kind == "Table"):
            column = next((name for name in ("metric", "metric name", "name") if name in headers(table)), "")
            for row in rows(source, table) if column else ():
                name, note = row.text(column), row.text("description", "meaning", "purpose", "type")
                found.append(Metric(ids.take(name), name, note, source.span(row.start, row.end)))
    return tuple(found)


def read_log_levels(source: Source, sections: Sequence[Section]) -> tuple[LogLevel, ...]:
    """Every level that a logging section names, once; a bullet about one level says what it is for."""
    found: dict[str, LogLevel] = {}
    for section in (section for section in sections if section.context is Role.logging):
        for flat in _texts(source, section):
            names = list(_LEVEL.finditer(flat.text))
            alone = names[0] if len(names) == 1 and not flat.text[: names[0].start()].strip() else None
            note = _NOTE.match(flat.text, alone.end()) if alone else None
            for match in (one for one in names if one[0] not in found):
                level = LogLevel(match[0], note[1].strip() if note else "", flat.span(match.start(), match.end()))
                found[match[0]] = level
    return tuple(found.values())


def _texts(source: Source, section: Section) -> Iterator[Flat]:
    for block in section.blocks:
        if block.kind == "Paragraph":
            yield flatten(source, block.inlines)
        elif block.kind == "Table":
            yield from (cell for row in rows(source, block) for cell in row.cells.values())
        for item in items([block]):
            paragraph = first_paragraph(item)
            if paragraph:
                yield flatten(source, paragraph.inlines)
