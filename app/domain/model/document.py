"""Sections, fields and what every text has: links, fences, placeholders, decisions, questions, scope.

What a system consists of is not here.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.blocks import Block
from app.domain.model.names import Tense
from app.domain.roles import Role
from app.domain.text import Span


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
    tense: Tense  # its own, or that of the section around it
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
class Link:
    """A link or image with its target as written."""

    target: str
    text: str
    image: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block; `language` is empty when unnamed. One that nothing closes reaches to the end of its parent."""

    language: str
    closed: bool
    section_id: str  # empty before the first heading
    span: Span


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A text that the author has still to replace."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """Something decided; `text` is how the author puts it."""

    id: str
    title: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is still open; `answered` when its box is ticked or its text is struck through."""

    id: str
    text: str
    answered: bool
    span: Span


class ScopeKind(StrEnum):
    """The worlds that a scope can speak of."""

    schema = "schema"
    code = "code"
    api = "api"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a document (or, with `section_id`, one section) speaks for."""

    kind: ScopeKind
    pattern: str
    section_id: str
    span: Span
