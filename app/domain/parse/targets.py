"""Measurable targets: a label, a comparator, a number, a unit, from bullets and table rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.blocks import Block
from app.domain.heading_ids import slug
from app.domain.model import Section, Target, Tense
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import first_paragraph, headers, item_text, items, rows
from app.domain.parse.tense import tense_of, without_tense
from app.domain.roles import Role
from app.domain.source import Source
from app.domain.text import Span

ROLES = frozenset({Role.targets, Role.test_pyramid, Role.coverage, Role.metrics, Role.performance})
_COMPARATORS = {
    "<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">=", "=": "=", "under": "<", "below": "<",
    "less than": "<", "at most": "<=", "within": "<=", "up to": "<=", "over": ">", "above": ">", "more than": ">",
    "at least": ">=",
}  # fmt: skip
_UNIT = r"%|percent|ms|sec|s|min|h|d|[KMGT]?i?B|req/s|rps|qps|/s"
_NUMBER = re.compile(
    r"(?:(?P<comparator><=|>=|[<>=≤≥]|"
    r"\b(?:under|below|less than|at most|within|up to|over|above|more than|at least)\b)\s*)?"
    rf"(?<![\w.])(?P<value>\d[\d,_]*(?:\.\d+)?)\s*(?P<unit>(?:{_UNIT})(?![\w/]))?(?![\w.]*\w)",
    re.IGNORECASE,
)
_QUANTILE = re.compile(r"\bp(?:50|75|90|95|99(?:\.9+)?)\b", re.IGNORECASE)
_METRIC = re.compile(r"`([\w.:/-]+)`\s*$")
_LABEL_HEADERS = ("metric", "target", "name", "measure", "objective", "indicator", "requirement", "goal", "sli")
_VALUE_HEADERS = ("target", "value", "threshold", "objective", "goal", "limit", "slo")


@dataclass(frozen=True, slots=True)
class _Reading:
    label: str
    comparator: str
    value: float | None
    unit: str


def measurable(source: Source, blocks: Iterable[Block]) -> bool:
    """Whether any item among these blocks has a number with a comparator or a unit."""
    for item in items(blocks):
        flat = item_text(source, item)
        reading = _reading(flat.text) if flat else None
        if reading and reading.value is not None and (reading.comparator or reading.unit):
            return True
    return False


def read_targets(source: Source, sections: Sequence[Section]) -> tuple[Target, ...]:
    """In the roles that are about goals a bullet without a number is a goal without a number; elsewhere it is prose."""
    ids = Ids("target")
    found: list[Target] = []
    for section in sections:
        if section.context not in ROLES or section.context is None:
            continue
        goals = section.role in (Role.targets, Role.test_pyramid, Role.coverage)
        for text, raw, span in _candidates(source, section):
            reading = _reading(without_tense(text))
            if reading and (goals or (reading.value is not None and (reading.comparator or reading.unit))):
                about = (section.context, tense_of(text, section.tense))
                found.append(_target(reading, without_tense(raw), about, ids, span))
    return tuple(found)


def _candidates(source: Source, section: Section) -> Iterator[tuple[str, str, Span]]:
    """The plain text, the text as written, and the place of every bullet and row that may be a target."""
    for block in section.blocks:
        if block.kind == "Table":
            yield from _rows(source, block)
    for item in items(section.blocks):
        paragraph, flat = first_paragraph(item), item_text(source, item)
        if flat and paragraph:
            yield flat.text.strip(), source.slice(paragraph.start, paragraph.end).strip(), flat.span(0, len(flat.text))


def _rows(source: Source, table: Block) -> Iterator[tuple[str, str, Span]]:
    names = headers(table)
    label = next((name for name in _LABEL_HEADERS if name in names), None)
    value = next((name for name in _VALUE_HEADERS if name in names and name != label), None)
    if label is None or value is None:
        return
    for row in rows(source, table):
        text = f"{row.text(label)} {row.text(value)}".strip()
        yield text, text, source.span(row.start, row.end)


def _reading(text: str) -> _Reading | None:
    """The first number with a comparator, else the first with a unit; any other number belongs to the label."""
    label_text = _METRIC.sub("", text).strip()
    if not label_text:
        return None
    found = [match for match in _NUMBER.finditer(label_text) if match["comparator"] or match["unit"]]
    if not found:
        return _Reading(label_text, "", None, "")
    match = next((one for one in found if one["comparator"]), found[0])
    label = label_text[: match.start()].strip(" :(-–—,=") or label_text[match.end() :].strip(" :),.")
    word = (match["comparator"] or "").lower()
    number = float(match["value"].replace(",", "").replace("_", ""))
    return _Reading(label, _COMPARATORS.get(word, "="), number, _unit(match["unit"] or ""))


def _unit(written: str) -> str:
    return {"percent": "%", "sec": "s", "qps": "req/s", "rps": "req/s", "/s": "req/s"}.get(written.lower(), written)


def _target(reading: _Reading, raw: str, about: tuple[Role, Tense], ids: Ids, span: Span) -> Target:
    role, tense = about
    quantile = _QUANTILE.search(reading.label)
    metric = _METRIC.search(raw)
    return Target(
        id=ids.take(reading.label),
        label=reading.label,
        comparator=reading.comparator,
        value=reading.value,
        unit=reading.unit,
        quantile=quantile[0].lower() if quantile else "",
        metric=metric[1] if metric else slug(reading.label),
        role=role,
        span=span,
        tense=tense,
    )
