"""What a design document says, as data: sections, components, flows, tables, errors, targets, delivery.

Every element has a span into the text; named ones have an id that stays the same across revisions unless the element
is renamed. No behaviour beyond look-ups; `app.domain.parse` makes these.
"""

from app.domain.model.design import Design
from app.domain.model.document import Decision, Fence, Field, Link, Placeholder, Question, Scope, ScopeKind, Section
from app.domain.model.names import Tense, name_key
from app.domain.model.operation import (
    Environment,
    ErrorFormat,
    ErrorKind,
    LogLevel,
    Metric,
    Stage,
    Target,
    deployed_by,
    never_deployed,
)
from app.domain.model.schema import Column, Index, Key, KeyKind, Relation, Table
from app.domain.model.structure import (
    Chart,
    Component,
    Edge,
    Endpoint,
    External,
    Flow,
    Layer,
    Node,
    Reference,
    Response,
    Step,
    StepKind,
)

__all__ = [
    "Chart",
    "Column",
    "Component",
    "Decision",
    "Design",
    "Edge",
    "Endpoint",
    "Environment",
    "ErrorFormat",
    "ErrorKind",
    "External",
    "Fence",
    "Field",
    "Flow",
    "Index",
    "Key",
    "KeyKind",
    "Layer",
    "Link",
    "LogLevel",
    "Metric",
    "Node",
    "Placeholder",
    "Question",
    "Reference",
    "Relation",
    "Response",
    "Scope",
    "ScopeKind",
    "Section",
    "Stage",
    "Step",
    "StepKind",
    "Table",
    "Target",
    "Tense",
    "deployed_by",
    "name_key",
    "never_deployed",
]
