"""What a running system answers and is held to: errors, targets, metrics, logs, environments, stages."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.model.names import Tense, name_key
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


def deployed_by(stage: Stage, environments: Sequence[Environment]) -> Environment | None:
    """The environment that a stage deploys to: the one of its name, or the first whose name says the same."""
    exact = name_key(stage.deploys_to)
    return next(
        (one for one in environments if name_key(one.name) == exact),
        next((one for one in environments if _same_place(stage.deploys_to, one.name)), None),
    )


def never_deployed(stages: Sequence[Stage], environments: Sequence[Environment]) -> tuple[Environment, ...]:
    """Those whose name no stage's deployment means."""
    targets = [stage.deploys_to for stage in stages if stage.deploys_to]
    return tuple(one for one in environments if not any(_same_place(target, one.name) for target in targets))


def _same_place(target: str, name: str) -> bool:
    """`prod` is production and `dev` is development; `the EU production` is production, too."""
    if name_key(target) == name_key(name):
        return True
    target, name = target.casefold(), name.casefold()
    stem = next((short for short in ("prod", "dev", "stag") if target.startswith(short)), target)
    return bool(target and name) and (stem in name or name in target)
