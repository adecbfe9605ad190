"""The layers of an architecture: an ordered list under a `Layers` heading, or behind a `Layers` label."""

import re
from collections.abc import Iterator, Sequence

from app.domain.blocks import Block
from app.domain.model import Layer, Section
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import first_paragraph, item_text, items, labelled
from app.domain.roles import Role
from app.domain.source import Source

_CUT = re.compile(r"\s?(?::\s|\s[-–—]\s|\s\()")
_LONGEST_NAME = 60
_AROUND = frozenset({Role.architecture, Role.overview, Role.components, Role.layers})


def read_layers(source: Source, sections: Sequence[Section]) -> tuple[Layer, ...]:
    """Top first. A second list says it again at most, so only the first counts."""
    for section in sections:
        for block in _lists(source, section):
            found = tuple(_layers(source, block))
            if found:
                return found
    return ()


def _lists(source: Source, section: Section) -> Iterator[Block]:
    """The ordered lists that give layers."""
    waiting = section.role is Role.layers
    for block in section.blocks if section.context in _AROUND else ():
        if block.kind == "List" and block.ordered and waiting:
            yield block
        elif block.kind == "List":
            for item in items([block]):
                paragraph = first_paragraph(item)
                if paragraph and _says_layers(source, paragraph):
                    yield from (inner for inner in item.children if inner.kind == "List" and inner.ordered)
        waiting = section.role is Role.layers or _says_layers(source, block)


def _says_layers(source: Source, block: Block) -> bool:
    found = labelled(source, block)
    return found is not None and found.label.casefold() in ("layers", "layering")


def _layers(source: Source, block: Block) -> Iterator[Layer]:
    ids = Ids("layer")
    for item in items([block]):
        flat, paragraph = item_text(source, item), first_paragraph(item)
        if flat is None or paragraph is None:
            continue
        text = flat.text.strip()
        cut = _CUT.search(text)
        name = text[: cut.start()].strip() if cut else text
        if len(name) <= _LONGEST_NAME:
            code = tuple(said for _, kind, said, _, _ in paragraph.inlines if kind == "Code" and said != name)
            yield Layer(ids.take(name), name, code, flat.span(0, len(flat.text)))
