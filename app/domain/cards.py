"""The cards beside a document: contents with marks, findings, fields. HTML with classes only."""

from collections.abc import Sequence

from app.domain.health import Severity
from app.domain.lint.rule import Finding
from app.domain.model import Design
from app.domain.render.escape import text
from app.domain.render.places import Places

_ORDER = list(Severity)
_DEEPEST = 4
_MOST_FIELDS = 16
_LONGEST_VALUE = 300


def cards(design: Design, findings: Sequence[Finding], places: Places, left_out: int = 0) -> str:
    """All cards that have something to show; `left_out` counts the findings beyond the most that a page lists."""
    return "".join((_contents(design, findings), _findings(findings, places, left_out), _fields(design)))


def _card(name: str, title: str, body: str, tag: str = "section") -> str:
    return f'<{tag} class="card card-{name}" aria-label="{title}"><h2 class="card-title">{title}</h2>{body}</{tag}>'


def _contents(design: Design, findings: Sequence[Finding]) -> str:
    marks = _marks(design, findings)
    links = "".join(
        f'<a class="toc-{section.level}" href="#{text(section.id)}">{text(section.heading or "Untitled")}'
        f"{_dot(marks.get(section.id))}</a>"
        for section in design.sections
        if section.level <= _DEEPEST
    )
    return _card("contents", "Contents", f'<div class="toc">{links}</div>', "nav") if links else ""


def _dot(severity: Severity | None) -> str:
    if severity is None:
        return ""
    words = f'<span class="visually-hidden"> ({severity})</span>'
    return f'<span class="m"><i class="dot dot-{severity}"></i>{words}</span>'


def _marks(design: Design, findings: Sequence[Finding]) -> dict[str, Severity]:
    """The worst severity in each section's own text; both come in the order of the text."""
    marks: dict[str, Severity] = {}
    at = -1
    for finding in findings:
        while at + 1 < len(design.sections) and design.sections[at + 1].span.start <= finding.span.start:
            at += 1
        if at >= 0:
            section = design.sections[at].id
            marks[section] = min(marks.get(section, finding.severity), finding.severity, key=_ORDER.index)
    return marks


def _findings(findings: Sequence[Finding], places: Places, left_out: int) -> str:
    if not findings:
        return _card("findings", "Findings", '<p class="none">Nothing found.</p>')
    items = "".join(
        f'<li id="finding-{number}" class="finding finding-{finding.severity}">'
        f'<span class="severity">{finding.severity.capitalize()}</span> <code>{finding.rule}</code> '
        f'<a href="#{text(places.anchor(finding.line))}">line {finding.line}</a>'
        f'<span class="message">{text(finding.message)}</span></li>'
        for number, finding in enumerate(findings, start=1)
    )
    more = f'<p class="more">{left_out} more: `plumbline check` lists them all.</p>' if left_out else ""
    return _card("findings", "Findings", f"<ol>{items}</ol>{more}")


def _fields(design: Design) -> str:
    shown = [field for field in design.fields if field.value][:_MOST_FIELDS]
    rows = "".join(f"<dt>{text(field.label)}</dt><dd>{text(_short(field.value))}</dd>" for field in shown)
    return _card("fields", "Fields", f"<dl>{rows}</dl>") if rows else ""


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
