"""A design as a flat list of named things with facts, so that two designs can be compared thing by thing.

One function per family of the model. What changed, and how to say it, is not here.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.model import Design, Step, Table, Target, Tense
from app.domain.text import Span

Fact = str | tuple[str, ...]
# What the workflow keeps itself: a change of these is shown and weighs nothing.
WORKFLOW = frozenset({"status", "date", "updated", "approvers", "supersedes", "superseded by"})


def is_workflow(field_name: str) -> bool:
    """Whether a field is one of those, or a date of another name."""
    return field_name in WORKFLOW or "date" in field_name.split()


@dataclass(frozen=True, slots=True)
class Element:
    """One thing. A fact that is a tuple is a list: in order for steps and orders, else a set. `within` is the id of the
    element that it is a part of.
    """

    key: str
    noun: str
    name: str
    facts: dict[str, Fact]
    span: Span
    within: str = ""


def elements(design: Design) -> dict[str, Element]:
    """Everything that the model knows, by a key that stays the same while the name does."""
    found: dict[str, Element] = {}
    seen: Counter[str] = Counter()
    for reader in (_structure, _endpoints, _flows, _schema, _operation, _delivery, _document, _charts):
        for element in reader(design):
            seen[element.key] += 1
            count = seen[element.key]
            key = element.key if count == 1 else f"{element.key}~~{count}"
            found[key] = element
    return found


def _tense(tense: Tense) -> str:
    return "" if tense is Tense.implemented else tense.value


def _structure(design: Design) -> Iterator[Element]:
    for one in design.components:
        needs = one.dependencies
        facts: dict[str, Fact] = {
            "purpose": one.purpose,
            "responsibility": one.responsibilities,
            "depends": tuple(reference.name for reference in needs),
            "remark on a dependency": tuple(f"{ref.name} ({ref.note})" for ref in needs if ref.note),
            "tense of a dependency": tuple(f"{ref.name} ({ref.tense})" for ref in needs if _tense(ref.tense)),
            "offers": one.interfaces,
            "owner": one.owner,
            "layer": one.layer,
            "code": one.code,
            "tense": _tense(one.tense),
        }  # fmt: skip
        yield Element(one.id, "component", one.name, facts, one.span)
    for other in design.externals:
        yield Element(other.id, "external system", other.name, {"note": other.note}, other.span)
    for layer in design.layers:
        yield Element(layer.id, "layer", layer.name, {"code": layer.code}, layer.span)
    if design.layers:
        names = tuple(layer.name for layer in design.layers)
        yield Element("order:layers", "order", "layers", {"order": names}, design.layers[0].span)


def _endpoints(design: Design) -> Iterator[Element]:
    for one in design.endpoints:
        answers = tuple(f"{answer.status or ''} {answer.code}".strip() for answer in one.responses)
        facts: dict[str, Fact] = {"answer": answers, "note": one.note, "tense": _tense(one.tense)}
        yield Element(one.id, "endpoint", f"{one.method} {one.path}".strip(), facts, one.span, one.component_id)


def _flows(design: Design) -> Iterator[Element]:
    for one in design.flows:
        yield Element(one.id, "flow", one.name, {"step": tuple(step_text(step) for step in one.steps)}, one.span)


def step_text(step: Step) -> str:
    """A step in one line: `A → B: what`."""
    ends = f"{step.source} {'→' if step.kind == 'call' else '⇠'} {step.target}" if step.source else ""
    return f"{ends}: {step.text}" if ends and step.text else ends or step.text


def _schema(design: Design) -> Iterator[Element]:
    for table in design.tables:
        yield Element(table.id, "table", table.name, {"tense": _tense(table.tense)}, table.span)
        yield from _columns(table)
    for index in design.indexes:
        facts: dict[str, Fact] = {
            "table": index.table,
            "columns": ", ".join(index.columns),
            "purpose": index.purpose,
            "unique": "yes" if index.unique else "",
            "tense": _tense(index.tense),
        }
        yield Element(index.id, "index", index.name, facts, index.span)
    for line in design.relations:
        ends = f"{line.source} – {line.target}"
        relation: dict[str, Fact] = {"ends": f"{line.source_end}--{line.target_end}", "label": line.label}
        yield Element(f"relation:{ends}", "relation", ends, relation, line.span)


def _columns(table: Table) -> Iterator[Element]:
    for column in table.columns:
        facts: dict[str, Fact] = {
            "type": column.type,
            "primary key": "yes" if column.primary_key else "no",
            "null": "yes" if column.nullable else "no",
            "unique": "yes" if column.unique else "no",
            "default": column.default,
            "reference": column.references,
            "description": column.description,
            "tense": _tense(column.tense),
        }
        name = f"{table.name}.{column.name}"
        yield Element(f"column:{table.id}.{column.name}", "column", name, facts, column.span, table.id)
    for key in table.keys:
        target = f"{key.target} ({', '.join(key.target_columns)})" if key.target else ""
        name = f"{table.name} ({', '.join(key.columns)})"
        identity = f"key:{table.id}.{key.kind}.{','.join(key.columns)}"
        yield Element(identity, f"{key.kind} key", name, {"target": target}, key.span, table.id)


def _operation(design: Design) -> Iterator[Element]:
    for error in design.errors:
        facts: dict[str, Fact] = {
            "status": str(error.status or ""),
            "meaning": error.meaning,
            "tense": _tense(error.tense),
        }
        yield Element(error.id, "error", error.name, facts, error.span)
    for at, form in enumerate(design.error_formats):
        yield Element(f"format:{at}", "error format", "error answers", {"format": form.code}, form.span)
    for target in design.targets:
        about: dict[str, Fact] = {"value": target_value(target), "metric": target.metric, "tense": _tense(target.tense)}
        yield Element(target.id, "target", target.label, about, target.span)
    for metric in design.metrics:
        yield Element(metric.id, "metric", metric.name, {"note": metric.note}, metric.span)
    for level in design.log_levels:
        yield Element(f"log:{level.name}", "log level", level.name, {"note": level.note}, level.span)


def target_value(target: Target) -> str:
    """`< 200 ms`; empty for a goal without a number. A bare `=` is not said."""
    if target.value is None:
        return ""
    sign = "" if target.comparator == "=" else f"{target.comparator} "
    unit = target.unit if target.unit == "%" else f" {target.unit}"
    return f"{sign}{target.value:.15g}{unit}".strip()


def _delivery(design: Design) -> Iterator[Element]:
    for place in design.environments:
        yield Element(place.id, "environment", place.name, {"note": place.note}, place.span)
    for stage in design.stages:
        facts: dict[str, Fact] = {"approval by hand": "yes" if stage.manual else "no", "deployed to": stage.deploys_to}
        yield Element(stage.id, "stage", stage.name, facts, stage.span)
    if design.stages:
        names = tuple(stage.name for stage in design.stages)
        yield Element("order:stages", "order", "stages", {"order": names}, design.stages[0].span)


def _document(design: Design) -> Iterator[Element]:
    for decision in design.decisions:
        yield Element(decision.id, "decision", decision.title, {"text": decision.text}, decision.span)
    for question in design.questions:
        answered = "yes" if question.answered else "no"
        yield Element(question.id, "question", question.text, {"answered": answered}, question.span)
    for scope in design.scopes:
        identity = f"scope:{scope.kind}.{scope.pattern}.{scope.section_id}"
        yield Element(identity, "scope", f"{scope.kind} {scope.pattern}", {}, scope.span)
    for one in design.fields:
        yield Element(f"field:{one.name}", "field", one.name, {"value": one.value}, one.span)
    for gap in design.placeholders:
        yield Element(f"placeholder:{gap.text}", "placeholder", gap.text, {}, gap.span)
    for link in design.links:
        noun = "image" if link.image else "link"
        yield Element(f"{noun}:{link.target}", noun, link.target, {"text": ""}, link.span)


def _charts(design: Design) -> Iterator[Element]:
    for chart in design.charts:
        labels = {node.key: node.label for node in chart.nodes}
        for node in chart.nodes:
            key = f"node:{chart.id}.{node.key}"
            yield Element(key, "box", node.label, {"label": node.label}, node.span, chart.id)
        for edge in chart.edges:
            name = f"{labels.get(edge.source, edge.source)} → {labels.get(edge.target, edge.target)}"
            key = f"edge:{chart.id}.{edge.source}.{edge.target}"
            yield Element(key, "arrow", name, {"label": edge.label}, edge.span, chart.id)
