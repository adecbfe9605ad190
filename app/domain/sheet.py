"""One text, wholly derived: the immutable page of a revision and the facts that lists and headers show.

Nothing in a sheet depends on who reads it, on time, or on other documents.
"""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from app.core.ids import digest
from app.domain.cards import cards
from app.domain.diagrams.figures import figures
from app.domain.health import Health, health_of
from app.domain.lint.engine import check
from app.domain.lint.rule import Finding
from app.domain.model import Design, Field
from app.domain.parse import parse
from app.domain.render.body import figure_place, render_with
from app.domain.render.escape import text as escaped
from app.domain.render.places import Places
from app.domain.report import SectionReport, report
from app.domain.status import Status
from app.domain.summary import summary as summary

MOST_SHOWN = 500
_LIBRARIES = ("pyromark", "nh3", "pygments", "sqlglot")


def _version() -> str:
    """Changes with every source file of the domain and with the libraries under it: an address whose page could have
    changed is never used again. Reading the sources once takes a few milliseconds.
    """
    sources = (path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py")))
    return digest(b"\0".join([*(version(name).encode() for name in _LIBRARIES), *sources]))[:8]


RENDER_VERSION = _version()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and what it says. What the text claims of its status and number changes no record."""

    html: str
    title: str
    claimed_status: Status | None
    claimed_number: str
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
    owner, tags, number = design.field("owner"), design.field("tags"), design.field("id")
    return Sheet(
        html=_page(design, findings),
        title=design.title,
        claimed_status=design.status,
        claimed_number=number.value.strip() if number else "",
        owners=owner.values if owner else (),
        tags=tags.values if tags else (),
        fields=design.fields,
        summary=summary(design),
        findings=findings,
        health=health_of(finding.severity for finding in findings),
        report=report(design),
    )


def _title_once(design: Design, body: str) -> str:
    """Marks a first heading that only repeats the title, which the page's head shows already."""
    first, end, _ = body.partition("</h1>")
    opening, _, words = first.partition(">")
    repeats = opening.startswith("<h1 ") and words == escaped(design.title)
    return f'<h1 class="repeated" {body[4:]}' if end and repeats else body


def _page(design: Design, findings: tuple[Finding, ...]) -> str:
    shown = findings[:MOST_SHOWN]
    places = Places(design.source, shown)
    drawn = figures(design, places.anchor)
    body = _title_once(design, render_with(design, places, drawn))
    for heading, html in drawn.items():
        place = figure_place(heading)
        body = body.replace(place, html, 1) if place in body else html + body
    aside = cards(design, shown, places, len(findings) - len(shown))
    return (
        '<div class="doc"><article class="sheet" aria-label="Document"><div class="plumb" aria-hidden="true"></div>'
        f'<div class="prose">{body}</div></article>'
        f'<aside class="aside" aria-label="About this document">{aside}</aside></div>'
    )
