"""The document's own fields: YAML front matter, bold labels, bullet headers, a two-column table, a Status section."""

import re
from collections.abc import Iterable, Iterator, Sequence

import yaml

from app.domain.blocks import Block
from app.domain.model import Field, Section
from app.domain.parse.front_matter import BadYaml, read_mapping, scalars
from app.domain.parse.inlines import flatten, headers, plain, rows
from app.domain.source import Source
from app.domain.text import Position, Span

_NAMES = {
    "author": "owner",
    "authors": "owner",
    "owner": "owner",
    "owners": "owner",
    "owning sig": "owner",
    "decision makers": "owner",
    "deciders": "owner",
    "reviewer": "reviewers",
    "reviewers": "reviewers",
    "approver": "approvers",
    "approvers": "approvers",
    "title": "title",
    "feature name": "title",
    "id": "id",
    "status": "status",
    "tags": "tags",
    "labels": "tags",
    "keywords": "tags",
    "template": "template",
    "date": "date",
    "created": "date",
    "start date": "date",
    "creation date": "date",
    "last updated": "updated",
    "updated": "updated",
    "last modified": "updated",
    "version": "version",
    "scope": "scope",
}
_KNOWN = frozenset(_NAMES.values())
_LISTS = frozenset({"owner", "reviewers", "approvers", "tags"})
_PLAIN_LABEL = re.compile(r"\s*([A-Za-z][\w ()/'&-]{0,40}?)\s*:\s+(\S.*)?$")
_BOLD_LABEL = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*|__)([^*_:\n]{1,60}?)\s*:?\s*(?:\*\*|__)\s*:?\s*(.*)$")
_LIST_CUT = re.compile(r"\s*[,;]\s*|\s+and\s+")
_MARKUP = re.compile(r"\*{1,3}|`|(?<!\w)_{1,2}|_{1,2}(?!\w)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")


def read_fields(source: Source, sections: Sequence[Section]) -> tuple[tuple[Field, ...], tuple[tuple[str, Span], ...]]:
    """The fields, front matter first, and what is wrong with the front matter."""
    found, problems = _front_matter(source)
    found.extend(_from_blocks(source, _header_blocks(source, sections)))
    found.extend(_from_blocks(source, closing_blocks(source)))
    for section in sections:
        if section.level <= 2 and section.title.casefold() in ("document control", "metadata", "status"):
            found.extend(_from_section(source, section))
    return tuple(found), tuple(problems)


def canonical(label: str) -> str:
    """The field that a label names: a known one, or the label itself in lower case."""
    words = " ".join(re.sub(r"\(s\)|[^\w ]|_", lambda cut: "s" if cut[0] == "(s)" else " ", label.casefold()).split())
    return _NAMES.get(words, words)


def _field(label: str, value: str, origin: str, span: Span, values: tuple[str, ...] | None = None) -> Field:
    name = canonical(label)
    if values is None:
        cut = _LIST_CUT.split(value) if name in _LISTS else [value]
        values = tuple(part for part in cut if part)
    return Field(name, label, value, values, origin, span)


def _front_matter(source: Source) -> tuple[list[Field], list[tuple[str, Span]]]:
    if source.front_matter is None:
        return [], []
    start, end = source.front_matter
    whole = source.span(start, end)
    try:
        root = read_mapping(source.slice(start, end))
    except BadYaml as error:
        line, column = error.place or (0, 0)
        place = Position(whole.start.line + line, column)
        return [], [(f"The front matter {error}.", Span(place, place) if error.place else whole)]
    return list(yaml_fields(root, "front matter", whole.start.line)) if root else [], []


def yaml_fields(root: yaml.MappingNode, origin: str, first_line: int) -> Iterator[Field]:
    """`first_line` is that in which the YAML begins in the text, from 0."""
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        values = tuple(scalars(value))
        start = Position(first_line + key.start_mark.line, key.start_mark.column)
        end = max(key.end_mark, value.end_mark, key=lambda mark: mark.index)  # an alias has the marks of its anchor
        span = Span(start, Position(first_line + end.line, end.column))
        split = None if isinstance(value, yaml.ScalarNode) else values
        yield _field(key.value, ", ".join(values), origin, span, split)


def _header_blocks(source: Source, sections: Sequence[Section]) -> list[Block]:
    """What stands before the first section, and directly under the title."""
    first = next((at for at, block in enumerate(source.blocks) if block.kind == "Heading"), len(source.blocks))
    header = list(source.blocks[:first])
    if sections and (sections[0].level == 1 or source.line(source.blocks[first].start) == 1):
        header.extend(sections[0].blocks)
    return header


def closing_blocks(source: Source) -> list[Block]:
    """What stands behind the last rule, if no heading does."""
    closing: list[Block] = []
    for block in reversed(source.blocks):
        if block.kind == "Heading":
            return []
        if block.kind == "Rule":
            return closing[::-1]
        closing.append(block)
    return []


def _from_blocks(source: Source, blocks: Iterable[Block]) -> Iterator[Field]:
    for block in blocks:
        if block.kind == "Paragraph":
            yield from _from_lines(source, block.start, block.end, bullet=False)
        elif block.kind == "List" and not block.ordered:
            yield from _from_bullets(source, block)
        elif block.kind == "Table":
            yield from _from_table(source, block)


def _from_bullets(source: Source, block: Block) -> list[Field]:
    """A list of `Label: value`; a list without any label that we know is prose."""
    found: list[Field] = []
    for item in block.children:
        first = item.children[0] if item.children else item
        found.extend(_from_lines(source, first.start, first.end, bullet=True))
    return found if any(field.name in _KNOWN for field in found) else []


def _from_lines(source: Source, start: int, end: int, *, bullet: bool) -> Iterator[Field]:
    """`**Label**: value` on a line of its own, and the lines that go on with it.

    Without bold only labels that we know begin a field, but in a list of fields any does.
    """
    lines: list[tuple[str, str, int, int]] = []  # label, value, start, end
    offset = start
    for raw in source.data[start:end].splitlines(keepends=True):
        line = raw.decode("utf-8", "replace").rstrip()
        match = _BOLD_LABEL.match(line) or _PLAIN_LABEL.match(line)
        if match and (match.re is _BOLD_LABEL or bullet or canonical(match[1]) in _KNOWN):
            lines.append((match[1].strip(), match[2] or "", offset, offset + len(raw)))
        elif lines and line.strip():
            label, value, begin, _ = lines[-1]
            lines[-1] = (label, f"{value} {line.strip()}", begin, offset + len(raw))
        offset += len(raw)
    for label, value, begin, stop in lines:
        yield _field(label, _unmarked(value), "label", source.span(begin, stop))


def _unmarked(value: str) -> str:
    return _MARKUP.sub("", _LINK.sub(r"\1", value)).strip().rstrip("\\").strip()


def _from_table(source: Source, table: Block) -> Iterator[Field]:
    names = headers(table)
    if len(names) != 2:
        return
    head = table.children[0]
    known = canonical(names[0]) in _KNOWN
    if known:
        label, value = (plain(cell.inlines) for cell in head.children)
        yield _field(label, value, "table", source.span(head.start, head.end))
    for row in rows(source, table):
        label, value = row.text(names[0]), row.text(names[1])
        if canonical(label) in _KNOWN:
            yield _field(label, value, "table", source.span(row.start, row.end))


def _from_section(source: Source, section: Section) -> Iterator[Field]:
    """`## Status` with one word below it, and tables of document control."""
    if section.title.casefold() != "status":
        yield from _from_blocks(source, section.blocks)
        return
    for block in section.blocks[:1]:
        if block.kind == "Paragraph":
            flat = flatten(source, block.inlines)
            yield _field("Status", flat.text.split("\n")[0].strip(), "label", flat.span(0, len(flat.text)))
