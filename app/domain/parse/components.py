"""Components and what lies outside the design: headings with labelled bullets, tables, `External systems` lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.blocks import Block
from app.domain.model import Component, External, Reference, Section, Tense, name_key
from app.domain.parse.endpoints import join_answers
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import (
    Flat,
    Part,
    first_paragraph,
    flatten,
    headers,
    item_text,
    item_values,
    items,
    labelled,
    rows,
    split_values,
)
from app.domain.parse.placeholders import is_placeholder
from app.domain.parse.tense import tense_of, without_tense
from app.domain.roles import Role
from app.domain.source import Source
from app.domain.text import Span

LABELS = {
    "purpose": "purpose",
    "description": "purpose",
    "responsibility": "responsibilities",
    "responsibilities": "responsibilities",
    "key responsibilities": "responsibilities",
    "dependencies": "dependencies",
    "dependency": "dependencies",
    "depends on": "dependencies",
    "uses": "dependencies",
    "interfaces": "interfaces",
    "interface": "interfaces",
    "exposes": "interfaces",
    "api": "interfaces",
    "owner": "owner",
    "team": "owner",
    "layer": "layer",
    "code": "code",
    "source": "code",
}
_NAMES = ("component", "building block", "name", "service", "module")
_NOTE = re.compile(r"^(?P<name>[^():]+?)\s*(?:\((?P<note>[^()]*)\)|:\s+(?P<more>.*))?\s*$", re.DOTALL)
_COLON = re.compile(r"\s*(?::\s|\s[-–—]\s)\s*")
_LONGEST_NAME = 80
_LONGEST_REFERENCE = 400


@dataclass(slots=True)
class _Values:
    """What the labels of one component say, while they are collected."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    parts: dict[str, list[Part]] = field(default_factory=dict)

    def add(self, name: str, text: str, parts: Sequence[Part]) -> None:
        self.texts.setdefault(name, []).extend([text] if text else [])
        self.parts.setdefault(name, []).extend(parts)

    def text(self, name: str) -> str:
        return " ".join(self.texts.get(name) or [part.text for part in self.parts.get(name, ())])

    def list(self, name: str) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts.get(name, ()))


def read_components(source: Source, sections: Sequence[Section]) -> tuple[tuple[Component, ...], tuple[External, ...]]:
    """The components, and what lies outside the design."""
    ids = Ids("component")
    collected = {
        section.id: _labels(source, section.blocks) for section in sections if section.context is Role.components
    }
    owners = set(_component_sections(sections, collected))
    found: list[Component] = []
    for section in sections:
        if section.id in owners:
            found.append(_from_section(section, collected[section.id], ids))
        elif section.context is Role.components and section.role is Role.components:
            found.extend(_from_tables(source, section, ids))
    return tuple(found), tuple(_externals(source, sections, found))


def _component_sections(sections: Sequence[Section], collected: dict[str, _Values]) -> Iterator[str]:
    """The sections straight below a components section, or below a group in it.

    A group has no fields itself, but its children have.
    """
    by_id = {section.id: section for section in sections}
    grouping = {s.parent for s in sections if s.parent and s.id in collected and collected[s.id].parts}
    for section in sections:
        parent = by_id.get(section.parent or "")
        if section.context is not Role.components or section.role is not None or parent is None:
            continue
        is_group = section.id in grouping and not collected[section.id].parts
        in_group = parent.role is None and parent.id in grouping and not collected[parent.id].parts
        if not is_group and (parent.role is Role.components or in_group):
            yield section.id


def _labels(source: Source, blocks: Sequence[Block]) -> _Values:
    """Labelled bullets, and labelled paragraphs with the list behind them."""
    values, waiting = _Values(), ""
    for block in blocks:
        if block.kind == "List":
            waiting = _labels_of_list(source, block, values, waiting)
            continue
        found = labelled(source, block) if block.kind == "Paragraph" else None
        name = LABELS.get(found.label.casefold(), "") if found else ""
        waiting = ""
        if found and name:
            values.add(name, found.value, list(split_values(found.flat, found.at)))
            waiting = "" if found.value else name
    return values


def _labels_of_list(source: Source, block: Block, values: _Values, waiting: str) -> str:
    for item in items([block]):
        paragraph = first_paragraph(item)
        if paragraph is None:
            continue
        found = labelled(source, paragraph)
        name = LABELS.get(found.label.casefold(), "") if found else ""
        if found and name:
            nested = list(item_values(source, item))
            values.add(name, found.value, [*split_values(found.flat, found.at), *nested])
        elif waiting:
            flat = flatten(source, paragraph.inlines)
            values.add(waiting, "", [Part(flat.text.strip(), flat.span(0, len(flat.text)))])
    return ""


def _from_section(section: Section, values: _Values, ids: Ids) -> Component:
    name = without_tense(section.title)
    spans = (section.span, section.heading_span)
    return _component(ids.take(name), name, section, spans, values, tense=section.tense)


def _from_tables(source: Source, section: Section, ids: Ids) -> Iterator[Component]:
    """Tables with a column of names and at least one column that is a component's field."""
    for block in section.blocks:
        names = headers(block) if block.kind == "Table" else ()
        column = next((name for name in _NAMES if name in names), None)
        if column is None or not any(name in LABELS for name in names):
            continue
        for row in rows(source, block):
            name = row.text(column)
            if not name or len(name) > _LONGEST_NAME:
                continue
            values = _Values()
            for header, cell in row.cells.items():
                if header in LABELS:
                    values.add(LABELS[header], cell.text.strip(), list(split_values(cell)))
            spans = (source.span(row.start, row.end), row.cells[column].span(0, len(row.cells[column].text)))
            tense, name = tense_of(name, section.tense), without_tense(name)
            anchor = f"L{source.line(row.start)}"
            yield _component(ids.take(name), name, section, spans, values, anchor=anchor, tense=tense)


def _component(
    identity: str,
    name: str,
    section: Section,
    spans: tuple[Span, Span],
    values: _Values,
    *,
    tense: Tense,
    anchor: str = "",
) -> Component:
    interfaces = join_answers(values.parts.get("interfaces", ()))
    return Component(
        id=identity,
        name=name,
        span=spans[0],
        name_span=spans[1],
        anchor=anchor or section.id,
        section_id=section.id,
        purpose=values.text("purpose"),
        responsibilities=values.list("responsibilities"),
        dependencies=tuple(_references(values.parts.get("dependencies", ()))),
        interfaces=tuple(part.text for part in interfaces),
        interface_spans=tuple(part.span for part in interfaces),
        owner=values.text("owner"),
        layer=values.text("layer"),
        code=values.list("code"),
        labels=tuple(values.parts),
        tense=tense,
    )


def _references(parts: Sequence[Part]) -> Iterator[Reference]:
    for part in parts:
        match = _NOTE.match(part.text) if len(part.text) <= _LONGEST_REFERENCE else None
        if match is None or is_placeholder(part.text) or len(match["name"]) > _LONGEST_NAME:
            continue
        note = (match["note"] or match["more"] or "").strip()
        external = note.casefold().startswith("external")
        yield Reference(match["name"].strip(), note, external, part.span, tense_of(part.text))


def _externals(source: Source, sections: Sequence[Section], components: Sequence[Component]) -> Iterator[External]:
    """Listed ones first; then every dependency that says `(external)`, once."""
    ids, seen = Ids("external"), set[str]()
    for section in sections:
        if section.role is not Role.externals:
            continue
        for item in items(section.blocks):
            flat = item_text(source, item)
            if flat is None:
                continue
            name, note = _name_and_note(flat)
            if name and name_key(name) not in seen:
                seen.add(name_key(name))
                yield External(ids.take(name), name, note, flat.span(0, len(flat.text)))
    for component in components:
        for reference in component.dependencies:
            if reference.external and reference.key not in seen:
                seen.add(reference.key)
                yield External(ids.take(reference.name), reference.name, reference.note, reference.span)


def _name_and_note(flat: Flat) -> tuple[str, str]:
    line = flat.text.strip().split("\n")[0]
    cut = _COLON.search(line)
    name = line[: cut.start()] if cut else line
    match = _NOTE.match(name)
    name, note = (match["name"], match["note"] or "") if match else (name, "")
    note = line[cut.end() :] if cut else note
    return (name.strip(), note.strip()) if len(name) <= _LONGEST_NAME else ("", "")
