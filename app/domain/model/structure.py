"""What a system is made of: components, layers, interfaces, flows, and drawings of them.

No data at rest and no operation.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.model.names import Tense, name_key
from app.domain.text import Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A name of something else, with the remark behind it (`Ledger (for refunds)`)."""

    name: str
    note: str
    external: bool
    span: Span
    tense: Tense = Tense.implemented

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
    tense: Tense = Tense.implemented
    interface_spans: tuple[Span, ...] = ()  # one per interface

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


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the architecture; they stand in order, top first. `code` is what the author puts in ticks."""

    id: str
    name: str
    code: tuple[str, ...]
    span: Span

    @property
    def key(self) -> str:
        return name_key(self.name)


@dataclass(frozen=True, slots=True)
class Response:
    """What an endpoint may answer; `code` is an error code of the catalogue, or empty."""

    status: int | None
    code: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation of an HTTP interface. `component_id` is empty for those that stand in a table of their own."""

    id: str
    method: str
    path: str
    responses: tuple[Response, ...]
    note: str
    component_id: str
    span: Span
    tense: Tense = Tense.implemented

    @property
    def statuses(self) -> tuple[int, ...]:
        return tuple(response.status for response in self.responses if response.status is not None)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(response.code for response in self.responses if response.code)


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
class Node:
    """A box of a flowchart. `key` is its name in the diagram, `label` what is drawn."""

    key: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow of a flowchart, between the keys of two nodes."""

    source: str
    target: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Chart:
    """A flowchart that stands in the text. It declares no component: it is a drawing of what is declared elsewhere."""

    id: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    section_id: str
    span: Span
