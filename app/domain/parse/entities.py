"""Entity-relationship drawings in Mermaid: entities with attributes are tables, lines between them are relations."""

import re
from collections.abc import Iterator, Sequence

from app.domain.blocks import Block
from app.domain.model import Column, Relation, Table, Tense, name_key
from app.domain.parse.ids import Ids
from app.domain.parse.mermaid import Code, drawings, lines
from app.domain.source import Source
from app.domain.text import Span

_NAME = r"\"[^\"]+\"|[\w.-]+(?:\[[^\]]*\])?"
_RELATION = re.compile(
    rf"(?P<source>{_NAME})\s+(?P<left>\|o|\|\||\}}o|\}}\|)(?:--|\.\.)(?P<right>o\||\|\||o\{{|\|\{{)\s+(?P<target>{_NAME})"
    r"(?:\s*:\s*(?P<label>.*))?$"
)
_OPENS = re.compile(rf"(?P<name>{_NAME})\s*\{{$")
_ATTRIBUTE = re.compile(
    r"(?P<type>[^\s\"]+)\s+(?P<name>\*?[\w.-]+)\s*(?P<keys>(?:PK|FK|UK)(?:\s*,\s*(?:PK|FK|UK))*)?\s*(?:\"(?P<comment>[^\"]*)\")?$"
)


def read_entities(source: Source, code: Code, known: Sequence[Table], ids: Ids) -> tuple[Table, ...]:
    """The entities that have attributes, unless a table of that name is described already: then it is its drawing."""
    seen = {name_key(table.name) for table in known}
    found: list[Table] = []
    for section, drawing in drawings(code, "erDiagram"):
        for name, columns, span in _entities(source, drawing, section.tense):
            if columns and name_key(name) not in seen:
                seen.add(name_key(name))
                found.append(Table(ids.take(name), name, columns, "mermaid", span, section.id, section.tense))
    return tuple(found)


def read_relations(source: Source, code: Code) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for _, drawing in drawings(code, "erDiagram"):
        for line, span in lines(source, drawing):
            match = _RELATION.match(line)
            if match:
                label = (match["label"] or "").strip('" ')
                ends = _bare(match["source"]), _bare(match["target"])
                found.append(Relation(*ends, match["left"], match["right"], label, span))
    return tuple(found)


def _entities(source: Source, drawing: Block, tense: Tense) -> Iterator[tuple[str, tuple[Column, ...], Span]]:
    name, columns, start = "", list[Column](), None
    for line, span in lines(source, drawing):
        opens = _OPENS.match(line)
        if opens:
            name, columns, start = _bare(opens["name"]), [], span
        elif line == "}" and start is not None:
            yield name, tuple(columns), Span(start.start, span.end)
            start = None
        elif start is not None and (attribute := _ATTRIBUTE.match(line)):
            columns.append(_column(attribute, span, tense))


def _column(attribute: re.Match[str], span: Span, tense: Tense) -> Column:
    keys = attribute["keys"] or ""
    return Column(
        name=attribute["name"].lstrip("*"),
        type=attribute["type"],
        primary_key="PK" in keys or attribute["name"].startswith("*"),
        nullable="PK" not in keys,
        unique="UK" in keys,
        default="",
        references="",
        description=attribute["comment"] or "",
        span=span,
        tense=tense,
    )


def _bare(name: str) -> str:
    """`p[Person]` is drawn as Person."""
    shown = name.partition("[")[2].rstrip("]")
    return (shown or name).strip('" ')
