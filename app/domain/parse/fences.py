"""Fenced blocks: in what language, in which section, and whether anything closes them."""

import re

from app.domain.blocks import Block
from app.domain.model import Fence
from app.domain.parse.mermaid import Code, code_blocks
from app.domain.source import Source

_OPEN = re.compile(rb"`{3,}|~{3,}")


def read_fences(source: Source, code: Code) -> tuple[Fence, ...]:
    first = next((at for at, block in enumerate(source.blocks) if block.kind == "Heading"), len(source.blocks))
    before = [("", block) for block in code_blocks(source, source.blocks[:first])]
    found: list[Fence] = []
    for section_id, block in [*before, *((section.id, block) for section, block in code)]:
        if isinstance(block.data, dict):
            found.append(Fence(block.language, _closed(source, block), section_id, source.span(block.start, block.end)))
    return tuple(found)


def _closed(source: Source, block: Block) -> bool:
    """Whether its last line is of the character that opens it, and at least as long."""
    whole = source.data[block.start : block.end].rstrip()
    opening = _OPEN.match(whole)
    first, _, last = whole[-1_000:].replace(b"\r", b"\n").rpartition(b"\n")
    closing = last.lstrip(b" >\t")
    return opening is None or (bool(first) and closing.startswith(opening[0]) and not closing.strip(opening[0][:1]))
