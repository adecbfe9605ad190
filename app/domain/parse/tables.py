"""The schema: tables written as Markdown tables, and index bullets; SQL and Mermaid are joined to them here."""

import importlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.domain.blocks import Block
from app.domain.model import Column, Index, Section, Table, Tense
from app.domain.parse.entities import read_entities
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import Row, headers, item_text, items, rows
from app.domain.parse.mermaid import Code, line_span
from app.domain.parse.tense import tense_of, without_tense
from app.domain.roles import Role
from app.domain.source import Source
from app.domain.text import Span

if TYPE_CHECKING:
    from app.domain.parse.sql import Database

_LANGUAGES = frozenset({"sql", "postgresql", "postgres", "pgsql", "mysql", "sqlite", "ddl", "plsql", "tsql"})
_MAKES = re.compile(r"\b(?:create|alter|drop)\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Schema:
    """Everything about data at rest; `unread` are statements that nobody could read."""

    tables: tuple[Table, ...]
    indexes: tuple[Index, ...]
    unread: tuple[Span, ...]


def read_schema(source: Source, sections: Sequence[Section], code: Code) -> Schema:
    """Tables and indexes in the order of the text, in whatever notation they stand."""
    ids, index_ids = Ids("table"), Ids("index")
    database = _database(source, code)
    tables = [
        table
        for section in sections
        for block in section.blocks
        if block.kind == "Table" and section.context is Role.schema
        for table in _from_markdown(source, section, block, ids)
    ]
    indexes = list(_from_bullets(source, sections, index_ids))
    for draft in database.tables.values() if database else ():
        columns, keys = tuple(draft.columns.values()), tuple(draft.keys)
        identity = ids.take(draft.name)
        tables.append(Table(identity, draft.name, columns, "sql", draft.span, draft.section_id, draft.tense, keys))
    for made in database.indexes.values() if database else ():
        identity = index_ids.take(made.name)
        indexes.append(Index(identity, made.name, made.table, made.columns, "", made.span, made.tense, made.unique))
    tables.extend(read_entities(source, code, tables, ids))
    return Schema(
        tuple(sorted(tables, key=lambda table: table.span)),
        tuple(sorted(indexes, key=lambda index: index.span)),
        tuple(database.unread) if database else (),
    )


def _database(source: Source, code: Code) -> "Database | None":
    """All SQL of the document, applied in order: a statement may change what an earlier block made."""
    fences = [(section, block) for section, block in code if block.language in _LANGUAGES and _MAKES.search(block.code)]
    if not fences:
        return None
    # The SQL reader takes half a second to import and few documents need it.
    database: Database = importlib.import_module("app.domain.parse.sql").Database()
    for section, block in fences:
        first = source.index.line(block.start) + 1
        database.feed(block.code, block.language, (section.id, section.tense), partial(_line, source, first))
    return database


def _line(source: Source, first: int, at: int) -> Span:
    return line_span(source, first + at)


def _from_bullets(source: Source, sections: Sequence[Section], ids: Ids) -> Iterator[Index]:
    """Bullets `name: purpose` and `name on table(column, …): purpose`."""
    inside = [section for section in sections if section.context is Role.indexes]
    for section, item in ((around, item) for around in inside for item in items(around.blocks)):
        flat = item_text(source, item)
        match = _INDEX.match(flat.text.strip()) if flat else None
        if flat and match and (match["purpose"] or match["table"]):
            columns = tuple(name.strip() for name in (match["columns"] or "").split(",") if name.strip())
            name, span = without_tense(match["name"].strip()), flat.span(0, len(flat.text))
            tense = tense_of(flat.text, section.tense)
            yield Index(ids.take(name), name, match["table"] or "", columns, match["purpose"] or "", span, tense)


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
