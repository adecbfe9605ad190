"""Data at rest: tables with their columns and keys, indexes, relations between entities."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.model.names import Tense
from app.domain.text import Span


class KeyKind(StrEnum):
    """What a key of a table promises."""

    primary = "primary"
    unique = "unique"
    foreign = "foreign"


@dataclass(frozen=True, slots=True)
class Key:
    """A constraint over columns; only a foreign key has a target."""

    kind: KeyKind
    columns: tuple[str, ...]
    target: str  # the table pointed at
    target_columns: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `references` is what a foreign key points at, as written."""

    name: str
    type: str
    primary_key: bool
    nullable: bool
    unique: bool
    default: str
    references: str
    description: str
    span: Span
    tense: Tense = Tense.implemented


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the schema. `notation` is "table", "sql" or "mermaid"."""

    id: str
    name: str
    columns: tuple[Column, ...]
    notation: str
    span: Span
    section_id: str
    tense: Tense = Tense.implemented
    keys: tuple[Key, ...] = ()  # those over several columns, and those that SQL names apart from the columns


@dataclass(frozen=True, slots=True)
class Index:
    """An index with its purpose; `table` and `columns` may be unknown."""

    id: str
    name: str
    table: str
    columns: tuple[str, ...]
    purpose: str
    span: Span
    tense: Tense = Tense.implemented
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A line between two entities of an entity-relationship diagram, with the ends as drawn (`||`, `o{`)."""

    source: str
    target: str
    source_end: str
    target_end: str
    label: str
    span: Span
