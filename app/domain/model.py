"""What a design document says, as data: sections, fields, components, flows, tables, errors, targets, delivery.

Every element has a span into the text and an id that stays the same across revisions unless the element is renamed.
No behaviour beyond look-ups; `app.domain.parse` makes these.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.blocks import Block
from app.domain.roles import Role
from app.domain.source import Source
from app.domain.status import Status, read_status
from app.domain.text import Span

_LOOSE = re.compile(r"[\s\-_`]+")


def name_key(name: str) -> str:
    """Names are the same name when they differ only in case, spaces, hyphens, underscores and code ticks."""
    return _LOOSE.sub("", name).casefold()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what follows it. `span` reaches to the next heading of the same or a higher level."""

    id: str  # also its anchor
    title: str  # without the leading number
    heading: str  # as written
    level: int
    role: Role | None  # its own
    context: Role | None  # its own, or that of the nearest section around it that has one
    span: Span
    heading_span: Span
    parent: str | None
    blocks: tuple[Block, ...] = field(repr=False, compare=False)  # its own, without those of deeper sections


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the document. `name` is the canonical name, `label` what is written; `values` splits a list."""

    name: str
    label: str
    value: str
    values: tuple[str, ...]
    origin: str  # "front matter", "label" or "table"
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A name of something else, with the remark behind it (`Ledger (for refunds)`)."""

    name: str
    note: str
    external: bool
    span: Span

    @property
    def key(self) -> str:
        return name_key(self.name)


@dataclass(frozen=True, slots=True)
class Component:
    """One building block of the design."""

    id: str
    name: str
    span: Span
    name_span: Span
    anchor: str
    section_id: str
    purpose: str = ""
    responsibilities: tuple[str, ...] = ()
    dependencies: tuple[Reference, ...] = ()
    interfaces: tuple[str, ...] = ()
    owner: str = ""
    layer: str = ""
    code: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # the fields that stand in the text, filled or not

    @property
    def key(self) -> str:
        return name_key(self.name)


@dataclass(frozen=True, slots=True)
class External:
    """Something outside the design that the text declares."""

    id: str
    name: str
    note: str
    span: Span

    @property
    def key(self) -> str:
        return name_key(self.name)


class StepKind(StrEnum):
    """What a step of a flow does."""

    call = "call"
    answer = "return"
    note = "note"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. A return names nobody: it goes back along the calls before it."""

    kind: StepKind
    source: str
    target: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps in order."""

    id: str
    name: str
    steps: tuple[Step, ...]
    span: Span
    section_id: str


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


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the schema. `notation` is "table" or "sql"."""

    id: str
    name: str
    columns: tuple[Column, ...]
    notation: str
    span: Span
    section_id: str


@dataclass(frozen=True, slots=True)
class Index:
    """An index with its purpose; `table` and `columns` may be unknown."""

    id: str
    name: str
    table: str
    columns: tuple[str, ...]
    purpose: str
    span: Span


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """A kind of error; `status` is `None` where the text gives none."""

    id: str
    name: str
    status: int | None
    meaning: str
    span: Span


@dataclass(frozen=True, slots=True)
class ErrorFormat:
    """The example of an error answer; `problem` says why it is no JSON, or is empty."""

    code: str
    problem: str
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """Something measurable. `value` is `None` for a goal without a number."""

    id: str
    label: str
    comparator: str
    value: float | None
    unit: str
    quantile: str
    metric: str
    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class Environment:
    """A place that the software is deployed to."""

    id: str
    name: str
    note: str
    span: Span


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the pipeline; `deploys_to` is the environment's name as written."""

    id: str
    name: str
    manual: bool
    deploys_to: str
    span: Span


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A text that the author has still to replace."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image with its target as written."""

    target: str
    text: str
    image: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Design:
    """Everything that was understood of one text. Made by `app.domain.parse.parse`, rebuilt whenever it is needed."""

    source: Source = field(repr=False, compare=False)
    title: str
    sections: tuple[Section, ...] = ()
    fields: tuple[Field, ...] = ()
    field_problems: tuple[tuple[str, Span], ...] = ()  # what is wrong with the front matter
    components: tuple[Component, ...] = ()
    externals: tuple[External, ...] = ()
    flows: tuple[Flow, ...] = ()
    tables: tuple[Table, ...] = ()
    indexes: tuple[Index, ...] = ()
    errors: tuple[ErrorKind, ...] = ()
    error_formats: tuple[ErrorFormat, ...] = ()
    targets: tuple[Target, ...] = ()
    environments: tuple[Environment, ...] = ()
    stages: tuple[Stage, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def text(self) -> str:
        return self.source.text

    def field(self, name: str) -> Field | None:
        """The field that counts: front matter stands first."""
        return next((found for found in self.fields if found.name == name), None)

    @property
    def status(self) -> Status | None:
        """The status that the text claims."""
        from_text = self.field("status")
        return read_status(from_text.value) if from_text else None

    def section(self, section_id: str) -> Section | None:
        return next((found for found in self.sections if found.id == section_id), None)
