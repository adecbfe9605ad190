"""The schema: tables written as Markdown tables or SQL, and index bullets. Mermaid diagrams are read elsewhere."""

import importlib
import re
from collections.abc import Iterator, Sequence

from app.domain.blocks import Block
from app.domain.model import Column, Index, Section, Table, Tense
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import Row, headers, item_text, items, rows
from app.domain.parse.tense import tense_of, without_tense
from app.domain.roles import Role
from app.domain.source import Source

_NAME_HEADERS = ("column", "field", "name", "attribute")
_DETAIL_HEADERS = frozenset(
    {"type", "null", "nullable", "key", "default", "references", "constraints", "constraint", "data type"}
)
_PRIMARY = re.compile(r"\bpk\b|primary\s+key|\bprimary\b", re.IGNORECASE)
_FOREIGN = re.compile(r"(?:\bfk\b|foreign\s+key|references)\s*(?:→|->|:|\()?\s*([\w.]+)?", re.IGNORECASE)
_UNIQUE = re.compile(r"\bunique\b|\buk\b", re.IGNORECASE)
_NOT_NULL = re.compile(r"\bnot\s+null\b", re.IGNORECASE)
_NO = frozenset({"no", "n", "false", "not null", "✗", "✘", "❌", "required"})
_INDEX = re.compile(
    r"(?P<name>[^:]+?)(?:\s+on\s+(?P<table>[\w.]+)\s*\((?P<columns>[^)]*)\))?\s*(?::\s*(?P<purpose>.*))?$", re.DOTALL
)


def read_tables(source: Source, sections: Sequence[Section]) -> tuple[Table, ...]:
    ids = Ids("table")
    found: list[Table] = []
    for section in sections:
        for block in section.blocks:
            if block.kind == "Table" and section.context is Role.schema:
                found.extend(_from_markdown(source, section, block, ids))
            elif block.kind == "CodeBlock" and block.language in ("sql", "postgresql", "mysql", "sqlite", "ddl"):
                found.extend(_from_sql(source, section, block, ids))
    return tuple(found)


def read_indexes(source: Source, sections: Sequence[Section]) -> tuple[Index, ...]:
    """Bullets `name: purpose` and `name on table(column, …): purpose`."""
    ids = Ids("index")
    found: list[Index] = []
    inside = [section for section in sections if section.context is Role.indexes]
    for around, item in ((section, item) for section in inside for item in items(section.blocks)):
        flat = item_text(source, item)
        match = _INDEX.match(flat.text.strip()) if flat else None
        if flat and match and (match["purpose"] or match["table"]):
            columns = tuple(name.strip() for name in (match["columns"] or "").split(",") if name.strip())
            name, span = without_tense(match["name"].strip()), flat.span(0, len(flat.text))
            tense = tense_of(flat.text, around.tense)
            found.append(
                Index(ids.take(name), name, match["table"] or "", columns, match["purpose"] or "", span, tense)
            )
    return tuple(found)


def _from_markdown(source: Source, section: Section, block: Block, ids: Ids) -> Iterator[Table]:
    names = headers(block)
    column = next((name for name in _NAME_HEADERS if name in names), None)
    if column is None or not _DETAIL_HEADERS.intersection(names):
        return
    columns = tuple(_column(source, row, column, section.tense) for row in rows(source, block) if row.text(column))
    name = section.title.split(" (")[0].strip("`")
    yield Table(ids.take(name), name, columns, "table", source.span(block.start, block.end), section.id, section.tense)


def _column(source: Source, row: Row, name: str, around: Tense) -> Column:
    constraints = " ".join(row.text(header) for header in ("key", "constraints", "constraint") if header in row.cells)
    foreign = _FOREIGN.search(constraints)
    nullable = row.text("null", "nullable").casefold()
    primary = bool(_PRIMARY.search(constraints))
    return Column(
        name=without_tense(row.text(name)),
        type=row.text("type", "data type"),
        primary_key=primary,
        nullable=not primary and nullable not in _NO and not _NOT_NULL.search(constraints),
        unique=bool(_UNIQUE.search(constraints)),
        default=row.text("default"),
        references=row.text("references") or (foreign[1] or "" if foreign else ""),
        description=row.text("description", "comment", "notes"),
        span=source.span(row.start, row.end),
        tense=tense_of(" ".join(cell.text for cell in row.cells.values()), around),
    )


def _from_sql(source: Source, section: Section, block: Block, ids: Ids) -> Iterator[Table]:
    if "create" not in block.code.casefold():
        return
    # The SQL reader takes half a second to import and few documents need it.
    reader = importlib.import_module("app.domain.parse.sql")
    span = source.span(block.start, block.end)
    for name, columns in reader.read_statements(block.code, span):
        yield Table(ids.take(name), name, columns, "sql", span, section.id)
