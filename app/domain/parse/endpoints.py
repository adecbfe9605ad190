"""HTTP endpoints: `GET /orders/{id} → 200, 404 NOT_FOUND` among interfaces, in bullets and headings, and API tables."""

import re
from collections.abc import Iterator, Sequence

from app.domain.blocks import Block
from app.domain.model import Component, Endpoint, Response, Section, Tense
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import Part, headers, item_text, items, rows
from app.domain.parse.tense import tense_of, without_tense
from app.domain.roles import Role
from app.domain.source import Source
from app.domain.text import Span

_METHODS = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
_OPERATION = re.compile(rf"(?P<method>{_METHODS})\s+(?P<path>/[^\s,;→]*?)[,;:.]?(?=\s|$)\s*(?P<rest>.*)", re.DOTALL)
_METHOD = re.compile(_METHODS.encode())
_NEAR = 40  # bytes in which a bullet, a box and markup end and a method begins
_ARROW = re.compile(r"\s*(?:→|⟶|⇒|-{1,2}>|=>)\s*")
_ARROW_SOMEWHERE = re.compile(r"[→⟶⇒]|[-=]>")
_CODE = r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"
_ANSWER = re.compile(rf"\b(?:(?P<status>[1-5]\d\d)\b(?:\s?(?P<code>[A-Z][A-Z0-9_]{{2,}})\b)?|(?P<alone>{_CODE})\b)")
_ONLY_ANSWER = re.compile(rf"(?:[1-5]\d\d(?:\s[A-Z][A-Z0-9_]{{2,}})?|{_CODE})(?:\s\([^()]*\))?")
_LONGEST = 2_000
_NOTE = re.compile(r"^\s*(?:[-–—:]\s*)?")
_PATH_HEADERS = ("path", "endpoint", "route", "url", "uri")
_ANSWER_HEADERS = ("responses", "response", "status", "statuses", "returns", "errors", "error codes", "status codes")
_NOTE_HEADERS = ("description", "purpose", "summary", "meaning", "notes")
_FOREIGN = frozenset({Role.flows, Role.pipeline, Role.tests, Role.test_pyramid, Role.targets, Role.metrics})


def join_answers(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Puts `GET /a → 200`, `404 GONE` together again where a list of values was cut between the answers."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined and len(joined[-1].text) <= _LONGEST else None
        if (
            last
            and _ARROW_SOMEWHERE.search(last.text)
            and _OPERATION.match(last.text)
            and _ONLY_ANSWER.fullmatch(part.text)
        ):
            joined[-1] = Part(f"{last.text}, {part.text}", Span(last.span.start, part.span.end))
        else:
            joined.append(part)
    return tuple(joined)


def read_endpoints(
    source: Source, sections: Sequence[Section], components: Sequence[Component]
) -> tuple[Endpoint, ...]:
    """Those of the components first; bullets and headings elsewhere count where nothing but an endpoint begins so."""
    ids = Ids("endpoint")
    found: list[Endpoint] = []
    for component in components:
        for text, span in zip(component.interfaces, component.interface_spans, strict=True):
            found.extend(_operation(text, span, component.tense, ids, component.id))
    owned = {component.section_id for component in components}
    for section in sections:
        found.extend(_operation(section.title, section.heading_span, section.tense, ids))
        for block in section.blocks:
            if block.kind == "Table":
                found.extend(_rows(source, section, block, ids))
        if section.context not in _FOREIGN and section.id not in owned:
            found.extend(_bullets(source, section, ids))
    return tuple(found)


def _operation(text: str, span: Span, around: Tense, ids: Ids, component: str = "") -> Iterator[Endpoint]:
    match = _OPERATION.fullmatch(text.strip()) if "/" in text and len(text) <= _LONGEST else None
    if match is None:
        return
    rest = match["rest"]
    arrow = _ARROW.match(rest)
    said, _, note = rest[arrow.end() :].partition(": ") if arrow else ("", "", _NOTE.sub("", rest))
    tense = tense_of(rest, around)
    identity = ids.take(f"{match['method']} {match['path']}".replace("/", "-"))
    answers = _answers(said)
    yield Endpoint(
        identity, match["method"], match["path"], answers, without_tense(note).strip(), component, span, tense
    )


def _answers(text: str) -> tuple[Response, ...]:
    """`200, 404 NOT_FOUND`; a code without a status stands for itself."""
    found = (
        Response(int(match["status"]) if match["status"] else None, match["code"] or match["alone"] or "")
        for match in _ANSWER.finditer(text)
    )
    return tuple(dict.fromkeys(found))


def _bullets(source: Source, section: Section, ids: Ids) -> Iterator[Endpoint]:
    for item in items(section.blocks):
        near = item.start + _NEAR
        maybe = source.data.find(b"/", item.start, near + _NEAR) >= 0 and _METHOD.search(source.data, item.start, near)
        flat = item_text(source, item) if maybe else None
        if flat:
            yield from _operation(flat.text, flat.span(0, len(flat.text)), section.tense, ids)


def _rows(source: Source, section: Section, table: Block, ids: Ids) -> Iterator[Endpoint]:
    """A table with `Method` and `Path`, or with an `Endpoint` that says both."""
    names = headers(table)
    if not any(name in names for name in _PATH_HEADERS):
        return
    for row in rows(source, table):
        method, path = row.text("method", "verb", "http method").upper(), row.text(*_PATH_HEADERS)
        answers = " ".join(row.text(name) for name in _ANSWER_HEADERS if name in row.cells)
        text = f"{method} {path}".strip() + (f" → {answers}" if answers else "")
        span = source.span(row.start, row.end)
        tense = tense_of(" ".join(cell.text for cell in row.cells.values()), section.tense)
        for endpoint in _operation(text, span, tense, ids):
            note = row.text(*_NOTE_HEADERS)
            yield Endpoint(
                endpoint.id, endpoint.method, endpoint.path, endpoint.responses, note, "", span, endpoint.tense
            )
