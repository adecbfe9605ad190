"""Changes of components: a dependency more, a field more, another name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.blocks import Block
from app.domain.model import Component, Design, Section, name_key
from app.domain.parse.components import LABELS
from app.domain.parse.inlines import Labelled, first_paragraph, headers, items, labelled, split_values
from app.domain.parse.placeholders import is_placeholder
from app.domain.patch.edits import Edit, NoPlace, at_bytes, line_end, one_line

_NO_NAME = re.compile(r"[,;:()|\[\]*`\n\r]")
_NOTE = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"(?P<mark>[-*+]|\d+[.)])(?P<space>[ \t]+)")
_LABEL = "dependencies"


@dataclass(frozen=True, slots=True)
class _Field:
    """A labelled field of a component: its item (`None` where it is a paragraph), and the list behind the label."""

    said: Labelled
    paragraph: Block
    item: Block | None
    nested: Block | None


def add_dependency(design: Design, component_id: str, name: str) -> tuple[Edit, ...]:
    """Adds a name to the dependencies, in the notation they stand in; a placeholder there gives way."""
    component, section = _component(design, component_id)
    name = one_line(name)
    if _NO_NAME.search(name):
        raise NoPlace(f"{name} cannot be written as a name: it has punctuation that separates names.")
    if any(reference.key == name_key(name) for reference in component.dependencies):
        raise NoPlace(f"{component.name} depends on {name} already.")
    if component.anchor != section.id:
        return _in_cell(design, section, component, name)
    field = next(_fields(design, section, _LABEL), None)
    if field is None:
        return add_component_field(design, component_id, "Dependencies", name)
    if field.nested is not None and field.nested.children:
        return (_item_below(design, field.nested.children[-1], name),)
    return (_in_line(design, field, name),)


def add_component_field(design: Design, component_id: str, label: str, value: str) -> tuple[Edit, ...]:
    """Adds a labelled bullet behind the component's other bullets, or below its heading."""
    component, section = _component(design, component_id)
    label, value = one_line(label), one_line(value)
    name = LABELS.get(label.casefold())
    if name is None or name in component.labels or component.anchor != section.id:
        raise NoPlace(f"{component.name} has no place for a field {label}.")
    lists = [block for block in section.blocks if block.kind == "List" and not block.ordered]
    own = [block for block in lists if any(_label_of(design, item) for item in items([block]))]
    if own:
        return (_item_below(design, own[-1].children[-1], f"**{label}**: {value}"),)
    end = line_end(design.source)
    place = design.source.index.offset(section.heading_span.end)
    rest = design.source.text[place:].lstrip(" \t")
    follows = section.blocks and not rest.startswith((end + end, end + " "))
    return (Edit(place, place, f"{end}{end}- **{label}**: {value}{end if follows else ''}"),)


def rename_component(design: Design, component_id: str, new: str) -> tuple[Edit, ...]:
    """Renames a component where it is declared, and wherever dependencies and flows name it."""
    component, _ = _component(design, component_id)
    new = one_line(new)
    if _NO_NAME.search(new):
        raise NoPlace(f"{new} cannot be a name: it has punctuation that separates names.")
    source = design.source
    first = source.index.offset(component.name_span.start)
    declared = source.text.find(component.name, first, source.index.offset(component.name_span.end))
    if declared < 0:
        raise NoPlace(f"The name {component.name} is written with markup inside; change it by hand.")
    edits = {Edit(declared, declared + len(component.name), new)}
    for other in design.components:
        for reference in other.dependencies:
            if reference.key == component.key:
                begin = source.index.offset(reference.span.start)
                at = source.text.find(reference.name, begin, source.index.offset(reference.span.end))
                edits |= {Edit(at, at + len(reference.name), new)} if at >= 0 else set()
    edits.update(_in_flows(design, component, new))
    return tuple(sorted(edits))


def _in_flows(design: Design, component: Component, new: str) -> Iterator[Edit]:
    """Names between arrows and behind `as`, not in what is sent."""
    source = design.source
    for flow in design.flows:
        written = {end for step in flow.steps for end in (step.source, step.target) if name_key(end) == component.key}
        start, stop = source.index.offset(flow.span.start), source.index.offset(flow.span.end)
        for name in written:
            pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
            at = start
            for line in source.text[start:stop].splitlines(keepends=True):
                head = line.partition(":")[0]
                yield from (Edit(at + one.start(), at + one.end(), new) for one in pattern.finditer(head))
                at += len(line)


def _component(design: Design, component_id: str) -> tuple[Component, Section]:
    component = next((one for one in design.components if one.id == component_id), None)
    section = design.section(component.section_id) if component else None
    if component is None or section is None:
        raise NoPlace(f"There is no component {component_id}.")
    return component, section


def _label_of(design: Design, item: Block) -> Labelled | None:
    paragraph = first_paragraph(item)
    return labelled(design.source, paragraph) if paragraph else None


def _fields(design: Design, section: Section, name: str) -> Iterator[_Field]:
    """The labelled bullets and paragraphs of a component that are this field."""
    for at, block in enumerate(section.blocks):
        if block.kind == "Paragraph":
            said = labelled(design.source, block)
            follower = section.blocks[at + 1] if at + 1 < len(section.blocks) else None
            nested = follower if follower and follower.kind == "List" and said and not said.value else None
            if said and LABELS.get(said.label.casefold()) == name:
                yield _Field(said, block, None, nested)
        for item in items([block]):
            said, paragraph = _label_of(design, item), first_paragraph(item)
            if said and paragraph and LABELS.get(said.label.casefold()) == name:
                nested = next((child for child in item.children if child.kind == "List"), None)
                yield _Field(said, paragraph, item, nested)


def _item_below(design: Design, item: Block, text: str) -> Edit:
    """A new item behind this one, with its bullet and indentation."""
    source = design.source
    line_start = source.index.line_start(source.index.line(item.start))
    prefix = source.slice(line_start, item.start)
    bullet = _BULLET.match(source.slice(item.start, item.end))
    mark, space = (bullet["mark"], bullet["space"]) if bullet else ("-", " ")
    if mark[:-1].isdigit():
        mark = f"{int(mark[:-1]) + 1}{mark[-1]}"
    place = item.start + len(source.slice(item.start, item.end).rstrip().encode())
    return at_bytes(source, place, place, f"{line_end(source)}{prefix}{mark}{space[:4]}{text}")


def _in_line(design: Design, field: _Field, name: str) -> Edit:
    """Behind the names of the line, in ticks if they are; instead of `none` or a placeholder."""
    source, said = design.source, field.said
    parts = list(split_values(said.flat, said.at))
    end = field.paragraph.start + len(source.slice(field.paragraph.start, field.paragraph.end).rstrip().encode())
    if parts and not all(is_placeholder(part.text) for part in parts):
        written = source.slice(field.paragraph.start, end)
        end -= len(written) - len(written.rstrip("."))
        mark = "`" if written.rstrip(".").endswith("`") else ""
        between = _NOTE.sub("", said.value)
        separator = "; " if ";" in between and "," not in between else ", "
        return at_bytes(source, end, end, f"{separator}{mark}{name}{mark}")
    if not said.value:
        return at_bytes(source, end, end, f" {name}")
    return at_bytes(source, said.flat.byte(said.at + _leading(said.flat.text[said.at :])), end, name)


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip())


def _in_cell(design: Design, section: Section, component: Component, name: str) -> tuple[Edit, ...]:
    source = design.source
    for table in (block for block in section.blocks if block.kind == "Table"):
        names = headers(table)
        column = next((at for at, header in enumerate(names) if LABELS.get(header) == _LABEL), None)
        for row in table.children[1:]:
            if column is None or source.span(row.start, row.end) != component.span:
                continue
            cell = row.children[column]
            written = source.slice(cell.start, cell.end)
            bare = written.strip(" \t|")
            start = cell.start + len(written[: written.find(bare)].encode()) if bare else cell.start
            stop = start + len(bare.encode())
            if component.dependencies:
                return (at_bytes(source, stop, stop, f", {name}"),)
            return (at_bytes(source, start, stop, name if bare else f" {name} "),)
    raise NoPlace(f"The table of {component.name} has no column for dependencies.")
