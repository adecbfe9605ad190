"""Fenced blocks: in what language, in which section, and whether anything closes them."""

import re

from app.domain.model import Fence
from app.domain.parse.mermaid import Code, code_blocks
from app.domain.source import Source

_CLOSE = re.compile(rb"[ \t>]*(?:`{3,}|~{3,})[ \t]*\Z")


def read_fences(source: Source, code: Code) -> tuple[Fence, ...]:
    first = next((at for at, block in enumerate(source.blocks) if block.kind == "Heading"), len(source.blocks))
    before = [("", block) for block in code_blocks(source.blocks[:first])]
    found: list[Fence] = []
    for section_id, block in [*before, *((section.id, block) for section, block in code)]:
        if isinstance(block.data, dict):
            lines = source.data[block.start : block.end].rstrip().splitlines()
            closed = len(lines) > 1 and _CLOSE.match(lines[-1]) is not None
            found.append(Fence(block.language, closed, section_id, source.span(block.start, block.end)))
    return tuple(found)
