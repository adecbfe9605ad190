"""One text, wholly derived: the immutable page of a revision and the facts that lists and headers show.

Nothing in a sheet depends on who reads it, on time, or on other documents.
"""

from dataclasses import dataclass
from importlib.metadata import version

from app.core.ids import digest
from app.domain.cards import cards
from app.domain.health import Health, health_of
from app.domain.lint.engine import check
from app.domain.lint.rule import Finding
from app.domain.model import Design, Field
from app.domain.parse import parse
from app.domain.render.body import render_with
from app.domain.render.places import Places
from app.domain.report import SectionReport, report
from app.domain.status import Status
from app.domain.summary import summary

# Raised by hand whenever the same text would give another page.
_RENDERER = 1
_LIBRARIES = ("pyromark", "nh3", "pygments")
RENDER_VERSION = digest("/".join([str(_RENDERER), *(version(name) for name in _LIBRARIES)]))[:8]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and what it says. `claimed_status` is what the text claims, which changes no record."""

    html: str
    title: str
    claimed_status: Status | None
    owners: tuple[str, ...]
    tags: tuple[str, ...]
    fields: tuple[Field, ...]
    summary: str
    findings: tuple[Finding, ...]
    health: Health
    report: tuple[SectionReport, ...]


def content_digest(text: str) -> str:
    """The name of a text's page: it changes with the text and with whatever turns text into pages."""
    return f"{digest(text.encode('utf-8', 'surrogatepass'))}-{RENDER_VERSION}"


def sheet(text: str) -> Sheet:
    """Parses, checks, draws and renders in one go; never raises."""
    design = parse(text)
    findings = tuple(check(design))
    owner, tags = design.field("owner"), design.field("tags")
    return Sheet(
        html=_page(design, findings),
        title=design.title,
        claimed_status=design.status,
        owners=owner.values if owner else (),
        tags=tags.values if tags else (),
        fields=design.fields,
        summary=summary(design),
        findings=findings,
        health=health_of(finding.severity for finding in findings),
        report=report(design),
    )


def _page(design: Design, findings: tuple[Finding, ...]) -> str:
    places = Places(design.source, findings)
    body = render_with(design, places, None)
    return (
        '<div class="doc"><article class="sheet" aria-label="Document"><div class="plumb" aria-hidden="true"></div>'
        f'<div class="prose">{body}</div></article>'
        f'<aside class="aside" aria-label="About this document">{cards(design, findings, places)}</aside></div>'
    )
