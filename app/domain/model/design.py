"""The whole of what was understood of one text, with look-ups."""

from dataclasses import dataclass, field

from app.domain.model.document import Decision, Fence, Field, Link, Placeholder, Question, Scope, Section
from app.domain.model.operation import Environment, ErrorFormat, ErrorKind, LogLevel, Metric, Stage, Target
from app.domain.model.schema import Index, Relation, Table
from app.domain.model.structure import (
    Chart,
    Component,
    Endpoint,
    External,
    Flow,
    Layer,
)
from app.domain.source import Source
from app.domain.status import Status, read_status
from app.domain.text import Span


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
    layers: tuple[Layer, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    relations: tuple[Relation, ...] = ()
    charts: tuple[Chart, ...] = ()
    metrics: tuple[Metric, ...] = ()
    log_levels: tuple[LogLevel, ...] = ()
    decisions: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = ()
    fences: tuple[Fence, ...] = ()
    scopes: tuple[Scope, ...] = ()
    unread_sql: tuple[Span, ...] = ()  # fenced SQL that no dialect explains

    @property
    def text(self) -> str:
        return self.source.text

    def field(self, name: str) -> Field | None:
        """The field that counts: front matter stands first."""
        return next((found for found in self.fields if found.name == name), None)

    @property
    def images(self) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.image)

    @property
    def status(self) -> Status | None:
        """The status that the text claims."""
        from_text = self.field("status")
        return read_status(from_text.value) if from_text else None

    def section(self, section_id: str) -> Section | None:
        return next((found for found in self.sections if found.id == section_id), None)
