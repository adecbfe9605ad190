"""`plumbline show`: what is understood of a document, for people or as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path

import typer

from app.commands import reading
from app.commands.check import FINE, UNREADABLE
from app.commands.reading import Unreadable
from app.domain.model import Component, Design, Flow, StepKind, Target
from app.domain.plain import plain
from app.domain.report import SectionReport, report


def run(file: Path, *, as_json: bool) -> int:
    try:
        design = reading.design(file)
    except Unreadable as error:
        typer.echo(str(error), err=True)
        return UNREADABLE
    typer.echo(json.dumps(plain(design), ensure_ascii=False, indent=2) if as_json else "\n".join(_lines(design)))
    return FINE


def _lines(design: Design) -> Iterator[str]:
    yield design.title or "(no title)"
    yield f"status: {design.status.label if design.status else 'not given'}"
    for field in design.fields:
        yield f"{field.label}: {field.value}"
    yield from _part("Sections", (_section(row) for row in report(design)))
    yield from _part("Components", (_component(component) for component in design.components))
    yield from _part("External systems", (external.name for external in design.externals))
    yield from _part("Flows", (_flow(flow) for flow in design.flows))
    yield from _part("Tables", (f"{t.name} ({', '.join(c.name for c in t.columns)})" for t in design.tables))
    yield from _part("Indexes", (f"{index.name}: {index.purpose}" for index in design.indexes))
    yield from _part("Errors", (f"{error.name} ({error.status or 'no status'})" for error in design.errors))
    yield from _part("Targets", (_target(target) for target in design.targets))
    yield from _part("Environments", (environment.name for environment in design.environments))
    yield from _part("Pipeline", (f"{s.name}{' (manual)' if s.manual else ''}" for s in design.stages))
    yield from _part("Placeholders", (f"line {p.span.first_line}: {p.text}" for p in design.placeholders))


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        if at == 0:
            yield from ("", title)
        yield f"  {line}"


def _section(row: SectionReport) -> str:
    facts = [row.role.label] if row.role else []
    facts.extend(row.understood)
    return f"{'  ' * (row.level - 1)}{row.title or '(untitled)'}" + (f"  [{'; '.join(facts)}]" if facts else "")


def _component(component: Component) -> str:
    names = ", ".join(reference.name for reference in component.dependencies)
    return f"{component.name}{f' → {names}' if names else ''}"


def _flow(flow: Flow) -> str:
    calls = [f"{step.source} → {step.target}" for step in flow.steps if step.kind is StepKind.call]
    returns = ", and back" if any(step.kind is StepKind.answer for step in flow.steps) else ""
    return f"{flow.name}: {'; '.join(calls)}{returns}"


def _target(target: Target) -> str:
    if target.value is None:
        return target.label
    return f"{target.label} {target.comparator} {target.value:g} {target.unit}".rstrip()
