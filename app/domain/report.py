"""The import report: section by section, what was understood, what was read as prose, what was not understood."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.model import Design, Section
from app.domain.roles import Role
from app.domain.text import Span

# Roles in which elements are looked for, and what they are called.
_EXPECTED = {
    Role.components: "components",
    Role.externals: "external systems",
    Role.layers: "layers",
    Role.flows: "flows",
    Role.schema: "tables",
    Role.indexes: "indexes",
    Role.errors: "errors",
    Role.error_format: "an example in JSON",
    Role.targets: "targets",
    Role.test_pyramid: "targets",
    Role.coverage: "targets",
    Role.environments: "environments",
    Role.pipeline: "stages",
}


class Verdict(StrEnum):
    """What became of a section."""

    understood = "understood"
    prose = "prose"
    not_understood = "not understood"


@dataclass(frozen=True, slots=True)
class SectionReport:
    """One section in words. `understood` counts what was found, such as `2 components`."""

    title: str
    level: int
    line: int
    role: Role | None
    understood: tuple[str, ...]
    verdict: Verdict
    note: str


def report(design: Design) -> tuple[SectionReport, ...]:
    """The sections in the order of the text. An element counts for the innermost section that it stands in."""
    counts = _counts(design)
    unread: dict[str, list[Span]] = {}
    for found, span in _placed(design, design.unread_sql):
        unread.setdefault(found, []).append(span)
    parents = {section.parent for section in design.sections}
    return tuple(
        _section(
            section,
            counts.get(section.id, Counter()),
            unread.get(section.id, ()),
            has_inner=section.id in parents,
        )
        for section in design.sections
    )


def _counts(design: Design) -> dict[str, Counter[str]]:
    kinds: dict[str, Iterable[Span]] = {
        "field": _field_spans(design),
        "component": (component.name_span for component in design.components),
        "external system": (external.span for external in design.externals),
        "flow": (flow.span for flow in design.flows),
        "table": (table.span for table in design.tables),
        "index": (index.span for index in design.indexes),
        "error": (error.span for error in design.errors),
        "error format": (example.span for example in design.error_formats),
        "layer": (layer.span for layer in design.layers),
        "endpoint": (endpoint.span for endpoint in design.endpoints),
        "flowchart": (chart.span for chart in design.charts),
        "metric": (metric.span for metric in design.metrics),
        "log level": (level.span for level in design.log_levels),
        "decision": (decision.span for decision in design.decisions),
        "question": (question.span for question in design.questions),
        "target": (target.span for target in design.targets),
        "environment": (environment.span for environment in design.environments),
        "stage": (stage.span for stage in design.stages),
    }
    counts: dict[str, Counter[str]] = {}
    for noun, spans in kinds.items():
        for section, _ in _placed(design, spans):
            counts.setdefault(section, Counter())[noun] += 1
    return counts


def _placed(design: Design, spans: Iterable[Span]) -> Iterator[tuple[str, Span]]:
    """Every span with the id of the innermost section that it stands in; those before all sections are left out."""
    starts = [(section.heading_span.start, section.id) for section in design.sections]
    at = -1
    for span in sorted(spans):
        while at + 1 < len(starts) and starts[at + 1][0] <= span.start:
            at += 1
        if at >= 0:
            yield starts[at][1], span


def _field_spans(design: Design) -> Iterator[Span]:
    """Fields behind the closing rule stand in the last section but are none of its business."""
    last = design.sections[-1] if design.sections else None
    own = last is not None and (last.level == 1 or last.context is None)
    for field in design.fields:
        if own or last is None or field.span < last.span:
            yield field.span


def _section(section: Section, counts: Counter[str], unread: Sequence[Span], *, has_inner: bool) -> SectionReport:
    """A section with SQL that cannot be read is not understood, whatever else was found in it."""
    understood = tuple(_words(noun, number) for noun, number in counts.items())
    verdict, note = _verdict(section, understood, has_inner=has_inner)
    if unread:
        verdict, note = Verdict.not_understood, _sql_note(understood, unread)
    return SectionReport(section.title, section.level, section.span.first_line, section.role, understood, verdict, note)


def _words(noun: str, number: int) -> str:
    plural = {"index": "indexes"}.get(noun, f"{noun}s")
    return f"{number} {noun if number == 1 else plural}"


def _sql_note(understood: tuple[str, ...], unread: Sequence[Span]) -> str:
    """What was read all the same, and the lines to look at (the first three)."""
    lines = [str(span.first_line) for span in unread[:3]]
    more = f" and {len(unread) - 3} more" if len(unread) > 3 else ""
    where = f"line {lines[0]}" if len(unread) == 1 else f"lines {', '.join(lines)}{more}"
    read = f"Read as {', '.join(understood)}, but " if understood else ""
    what = _words("SQL statement", len(unread))
    return f"{read}{what} ({where}) could not be read in any dialect; look for a missing bracket or comma."


def _verdict(section: Section, understood: tuple[str, ...], *, has_inner: bool) -> tuple[Verdict, str]:
    if understood:
        return Verdict.understood, f"Read as {', '.join(understood)}."
    wanted = _EXPECTED.get(section.role) if section.role else None
    if wanted and section.blocks and not has_inner:
        return Verdict.not_understood, f"Looks like a place for {wanted}, but none were recognised in it."
    if section.role:
        return Verdict.understood, f"Recognised as {section.role.label}; its text is read as prose."
    if not section.blocks and not has_inner:
        return Verdict.prose, "Empty."
    return Verdict.prose, "Read as prose."
