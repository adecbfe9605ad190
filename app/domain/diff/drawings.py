"""What differs between the drawings of two designs: nodes and edges added, removed, renamed, changed. No drawing here.

The graph of components, the flows, the tables with their columns and keys, the pipeline with its environments, and the
charts that stand in the text. What is which is decided as for the sentences, so what was renamed keeps its edges. What
an edge tells, such as a dependency, is not told of the node that it leaves.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from app.domain.diagrams.references import Join, joins
from app.domain.diff.change import Kind
from app.domain.diff.elements import Element, Fact, elements, step_text
from app.domain.diff.facts import paired
from app.domain.diff.matching import runs
from app.domain.diff.weight import fold
from app.domain.model import Design, Step
from app.domain.model.names import name_key
from app.domain.text import Span

_EDGES_TELL = frozenset({"depends", "remark on a dependency", "tense of a dependency", "reference"})


class Subject(StrEnum):
    """What a drawing shows; of `sequence` and `chart` there are several."""

    components = "components"
    sequence = "sequence"
    entities = "entities"
    pipeline = "pipeline"
    chart = "chart"


_NODES = {
    "component": Subject.components,
    "external system": Subject.components,
    "table": Subject.entities,
    "column": Subject.entities,
    "stage": Subject.pipeline,
    "environment": Subject.pipeline,
    "box": Subject.chart,
    "arrow": Subject.chart,
}
_TITLES = {
    Subject.components: "Component graph",
    Subject.entities: "Entities and relations",
    Subject.pipeline: "Pipeline",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A node or an edge of one design. `key` is the same in both designs for what is the same; `span` is where a
    drawing says that it stands.
    """

    key: str
    noun: str
    name: str
    span: Span
    facts: Mapping[str, Fact]
    edge: bool = True
    within: str = ""


@dataclass(frozen=True, slots=True)
class ShapeChange:
    """`facts` are the names of those that differ, of something that was changed."""

    kind: Kind
    old: Shape | None
    new: Shape | None
    facts: tuple[str, ...] = ()

    @property
    def shape(self) -> Shape:
        found = self.new or self.old
        assert found is not None  # one side is always there
        return found


@dataclass(frozen=True, slots=True)
class DrawingChanges:
    """One drawing in either design or in both. The keys are ids of flows and charts, else empty; an empty tuple of
    changes means that the drawings show the same.
    """

    subject: Subject
    title: str
    old_key: str | None
    new_key: str | None
    changes: tuple[ShapeChange, ...]


@dataclass(slots=True)
class _Drawn:
    """A drawing of one design: its own key, its title, what is on it by key."""

    key: str
    title: str
    shapes: dict[str, Shape]


_Now = Callable[[str, str], str]  # the name in the new design of what has this noun and name in the old one
_Steps = dict[tuple[int, int], str]  # flow, step -> key


def compare_drawings(
    old: Design, new: Design, titles: Set[tuple[str, str]] = frozenset()
) -> tuple[DrawingChanges, ...]:
    """In the order of the new design, then what it has no more. `titles` are those of renamed sections."""
    pairs = paired(elements(old), elements(new), titles)
    known = {(left.noun, left.name): right.name for left, right in pairs}
    ids = {left.key: right.key for left, right in pairs}

    def now(noun: str, name: str) -> str:
        return known.get((noun, name), name)

    kept, come = _steps(old, new, ids, now)
    before = _Reader(old, now, ids, kept).drawn("only old")
    after = _Reader(new, lambda _, name: name, {}, come).drawn("only new")
    found = [_changes(place, before.get(place), one) for place, one in after.items()]
    found += [_changes(place, one, None) for place, one in before.items() if place not in after]
    return tuple(found)


def _changes(place: tuple[Subject, str], old: _Drawn | None, new: _Drawn | None) -> DrawingChanges:
    shown = new or old
    assert shown is not None  # one side is always there
    before, after = old.shapes if old else {}, new.shapes if new else {}
    changes = [ShapeChange(Kind.added, None, one) for one in _alone(after, before)]
    changes += [ShapeChange(Kind.removed, one, None) for one in _alone(before, after)]
    changes += [change for key, one in after.items() if key in before for change in _pair(before[key], one)]
    return DrawingChanges(place[0], shown.title, old.key if old else None, new.key if new else None, tuple(changes))


def _alone(some: Mapping[str, Shape], others: Mapping[str, Shape]) -> Iterator[Shape]:
    """What the others do not have; of a table that they do not have at all not its columns as well."""
    for key, one in some.items():
        if key not in others and not (one.within in some and one.within not in others):
            yield one


def _pair(old: Shape, new: Shape) -> Iterator[ShapeChange]:
    if not new.edge and fold(old.name) != fold(new.name) and old.name.split(".")[-1] != new.name.split(".")[-1]:
        yield ShapeChange(Kind.renamed, old, new)
    facts = tuple(fact for fact, value in new.facts.items() if _read(value) != _read(old.facts.get(fact, "")))
    if facts:
        yield ShapeChange(Kind.changed, old, new, facts)


def _read(value: Fact) -> Fact:
    return fold(value) if isinstance(value, str) else tuple(sorted(fold(one) for one in value))


def _steps(old: Design, new: Design, ids: Mapping[str, str], now: _Now) -> tuple[_Steps, _Steps]:
    """Keys for the steps of flows that both have: steps in one order are the same ones, and within what was replaced
    those between the same two.
    """
    flows = {flow.id: at for at, flow in enumerate(new.flows)}
    left, right = _Steps(), _Steps()
    for at, flow in enumerate(old.flows):
        place = flows.get(ids.get(flow.id, flow.id))
        if place is not None:
            before = [_with_names(step, now) for step in flow.steps]
            for one, other in _same_steps(before, new.flows[place].steps):
                left[at, one] = right[place, other] = f"{other}"
    return left, right


def _with_names(step: Step, now: _Now) -> Step:
    ends = (now("external system", now("component", name)) for name in (step.source, step.target))
    return replace(step, source=next(ends), target=next(ends))


def _same_steps(old: Sequence[Step], new: Sequence[Step]) -> Iterator[tuple[int, int]]:
    for run in runs([fold(step_text(step)) for step in old], [fold(step_text(step)) for step in new]):
        for one, other in zip(range(run.old_start, run.old_end), range(run.new_start, run.new_end), strict=False):
            if run.same or _ends(old[one]) == _ends(new[other]):
                yield one, other


def _ends(step: Step) -> tuple[str, str, str]:
    return step.kind, name_key(step.source), name_key(step.target)


class _Reader:
    """The shapes of one design. `now` gives the name that something has in the new design, `ids` that of its id."""

    def __init__(
        self,
        design: Design,
        now: Callable[[str, str], str],
        ids: Mapping[str, str],
        steps: Mapping[tuple[int, int], str],
    ) -> None:
        self._design, self._now, self._ids, self._steps = design, now, ids, steps
        self._found: dict[tuple[Subject, str], _Drawn] = {}

    def drawn(self, alone: str) -> dict[tuple[Subject, str], _Drawn]:
        """By subject and, of flows and charts, the id in the new design; `alone` begins the keys of steps that only
        this design has.
        """
        spans = {component.id: component.name_span for component in self._design.components}
        for one in elements(self._design).values():
            if one.noun in _NODES:
                self._node(one, spans.get(one.key, one.span))
        self._dependencies()
        for join in joins(self._design):
            self._join(join)
        for one_stage, after in pairwise(self._design.stages):
            names = [self._now("stage", stage.name) for stage in (one_stage, after)]
            shape = Shape(" → ".join(names), "order", f"{one_stage.name} → {after.name}", after.span, {})
            self._add(Subject.pipeline, "", shape)
        for at, flow in enumerate(self._design.flows):
            for number, step in enumerate(flow.steps):
                key = self._steps.get((at, number), f"{alone} {number}")
                shape = Shape(key, "step", step_text(step), step.span, {"words": step.text})
                self._add(Subject.sequence, flow.id, shape, f"Sequence: {flow.name}")
        return self._found

    def _add(self, subject: Subject, key: str, shape: Shape, title: str = "") -> None:
        place = subject, self._ids.get(key, key)
        drawing = self._found.setdefault(place, _Drawn(key, title or _TITLES[subject], {}))
        drawing.shapes.setdefault(shape.key, shape)

    def _node(self, one: Element, span: Span) -> None:
        subject = _NODES[one.noun]
        facts = {fact: value for fact, value in one.facts.items() if fact not in _EDGES_TELL}
        key = f"{one.noun} {self._ids.get(one.key, one.key)}"
        chart = one.within if subject is Subject.chart else ""
        within = f"table {self._ids.get(one.within, one.within)}" if one.noun == "column" else ""
        shape = Shape(key, one.noun, one.name, span, facts, edge=one.noun == "arrow", within=within)
        self._add(subject, chart, shape, self._chart(chart) if chart else "")

    def _chart(self, chart_id: str) -> str:
        section_id = next((chart.section_id for chart in self._design.charts if chart.id == chart_id), "")
        section = next((section.title for section in self._design.sections if section.id == section_id), "")
        return f"Chart in {section}" if section else "Chart"

    def _dependencies(self) -> None:
        for component in self._design.components:
            source = name_key(self._now("component", component.name))
            for needed in component.dependencies:
                target = name_key(self._now("component", needed.name))
                target = name_key(self._now("external system", needed.name)) if target == needed.key else target
                name = f"{component.name} → {needed.name}"
                facts: dict[str, Fact] = {"remark": needed.note, "tense": needed.tense.value}
                shape = Shape(f"{source} → {target}", "dependency", name, needed.span, facts)
                self._add(Subject.components, "", shape)

    def _join(self, join: Join) -> None:
        if join.target is None:
            return
        here, there = (name_key(self._now("table", table.name)) for table in (join.table, join.target))
        to = ", ".join(column.name for column in join.targets)
        columns = [self._now("column", f"{join.table.name}.{column.name}") for column in join.columns]
        key = f"{here} {', '.join(name.split('.')[-1] for name in columns)} → {there}"
        name = f"{join.table.name}.{join.name}" if join.columns else join.table.name
        name = f"{name} → {join.target.name}{f'.{to}' if to else ''}"
        facts: dict[str, Fact] = {"column": to, "label": join.label}
        span = join.drawn or (join.column.span if join.column else join.table.span)
        self._add(Subject.entities, "", Shape(key, "reference", name, span, facts))
