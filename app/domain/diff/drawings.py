"""What differs between the drawings of two designs: nodes and edges added, removed, changed. Nothing is drawn here.

The graph of components, the tables with their columns and relations, the steps of flows, the stages of the pipeline,
and the boxes and arrows of charts in the text.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.domain.diff.elements import elements, step_text
from app.domain.model import Design
from app.domain.model.names import name_key

_NODES = frozenset({"component", "external system", "layer", "table", "column", "stage", "box"})
_EDGES = frozenset({"relation", "arrow"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A node or an edge; `key` is the element's id, of an edge between components `source → target` by their keys."""

    key: str
    noun: str
    name: str
    edge: bool


@dataclass(frozen=True, slots=True)
class GraphChanges:
    """`added` and `changed` are shapes of the new design, `removed` those of the old one."""

    added: tuple[Shape, ...]
    removed: tuple[Shape, ...]
    changed: tuple[Shape, ...]


def compare_graphs(old: Design, new: Design) -> GraphChanges:
    """In the order of the designs. A node that was renamed is removed and added."""
    before, after = dict(_shapes(old)), dict(_shapes(new))
    return GraphChanges(
        added=tuple(shape for shape in after if shape not in before),
        removed=tuple(shape for shape in before if shape not in after),
        changed=tuple(shape for shape in after if shape in before and before[shape] != after[shape]),
    )


def _shapes(design: Design) -> Iterator[tuple[Shape, object]]:
    """Each with what makes it changed when it differs."""
    for key, one in elements(design).items():
        if one.noun in _NODES | _EDGES:
            yield Shape(key, one.noun, one.name, one.noun in _EDGES), one.facts
    for component in design.components:
        for needed in component.dependencies:
            key = f"{component.key} → {needed.key}"
            name = f"{component.name} → {needed.name}"
            yield Shape(key, "dependency", name, edge=True), (needed.note, needed.tense)
    yield from _references(design)
    yield from _orders(design)


def _references(design: Design) -> Iterator[tuple[Shape, object]]:
    for table in design.tables:
        for column in table.columns:
            if column.references:
                key = f"{name_key(table.name)}.{column.name} → {column.references}"
                yield Shape(key, "reference", f"{table.name}.{column.name} → {column.references}", edge=True), ""


def _orders(design: Design) -> Iterator[tuple[Shape, object]]:
    for flow in design.flows:
        seen: Counter[str] = Counter()
        for step in flow.steps:
            text = step_text(step)
            seen[text] += 1
            yield Shape(f"{flow.id}#{text}#{seen[text]}", "step", text, edge=True), ""
    for stage, after in pairwise(design.stages):
        name = f"{stage.name} → {after.name}"
        yield Shape(f"{stage.id} → {after.id}", "order", name, edge=True), ""
