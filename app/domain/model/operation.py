"""What a running system answers and is held to: errors, targets, metrics, logs, environments, stages."""

from dataclasses import dataclass

from app.domain.model.names import Tense
from app.domain.roles import Role
from app.domain.text import Span


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """A kind of error; `status` is `None` where the text gives none."""

    id: str
    name: str
    status: int | None
    meaning: str
    span: Span
    tense: Tense = Tense.implemented


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
    tense: Tense = Tense.implemented


@dataclass(frozen=True, slots=True)
class Metric:
    """Something that is measured while the software runs."""

    id: str
    name: str
    note: str
    span: Span


@dataclass(frozen=True, slots=True)
class LogLevel:
    """A level of the log, in capitals, with what it is for."""

    name: str
    note: str
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
