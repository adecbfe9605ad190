"""What all Mermaid drawings have in common: their kind, and their lines with the places of the lines.

The kinds themselves are read where their nouns are: flows, entities, charts.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from app.domain.blocks import Block
from app.domain.model import Section
from app.domain.source import Source
from app.domain.text import Span

LONGEST_LINE = 500
_start = attrgetter("start")

Code = tuple[tuple[Section, Block], ...]


def drawings(code: Code, *kinds: str) -> Iterator[tuple[Section, Block]]:
    """The drawings of these kinds."""
    for section, block in code:
        if block.language == "mermaid" and _kind(block.code) in kinds:
            yield section, block


def read_code(source: Source, sections: Iterable[Section]) -> Code:
    """The blocks of code of every section, however deep they stand in lists and quotes."""
    return tuple((section, block) for section in sections for block in code_blocks(source, section.blocks))


def code_blocks(source: Source, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Those in neighbouring blocks of the outermost level."""
    if not blocks or not source.code:
        return ()
    first = bisect_left(source.code, blocks[0].start, key=_start)
    return source.code[first : bisect_left(source.code, blocks[-1].end, first, key=_start)]


def lines(source: Source, block: Block) -> Iterator[tuple[str, Span]]:
    """Every line that says something, without comments, and where it stands. Longer ones say nothing to us."""
    first = source.index.line(block.start) + 1
    for at, line in enumerate(block.code.split("\n"), start=first):
        bare = line.strip()
        if bare and len(bare) <= LONGEST_LINE and not bare.startswith("%%"):
            yield bare, line_span(source, at)


def line_span(source: Source, line: int) -> Span:
    """A line (from 0) without the white space behind it."""
    index = source.index
    start = index.line_start(min(line, index.line_count - 1))
    end = index.line_start(line + 1) if line + 1 < index.line_count else len(source.data)
    return source.span(start, end)


def _kind(code: str) -> str:
    """The first word behind comments and the drawing's own front matter."""
    inside = False
    for line in code.split("\n"):
        bare = line.strip()
        if bare == "---":
            inside = not inside
        elif bare and not inside and not bare.startswith("%%"):
            return bare.split(None, 1)[0].split(";")[0]
    return ""
