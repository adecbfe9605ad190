"""One text as the Markdown parser sees it: block tree, anchors, front matter. Made once per text.

Here stands everything that both the model and the renderer need from the parser. No meaning of sections here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyromark

from app.domain.blocks import Block, Event, too_deep
from app.domain.heading_ids import HeadingIds
from app.domain.text import LineIndex, Position, Span, encoded
from app.domain.tree import read_tree

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_GFM
)
# The parser's own metadata blocks may stand anywhere and would swallow `---` sections in the middle of a text.
_FRONT_MATTER = re.compile(
    rb"---[ \t]*(?:\r\n|\n|\r)(?![ \t]*[\r\n])(.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.DOTALL
)
_WHITE = b" \t\n\r\x0b\f"
_BOM = b"\xef\xbb\xbf"
_BREAKS = {"SoftBreak": " ", "HardBreak": " "}
_HTML_ID = re.compile(r"\b(?:id|name)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>=`]+))", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Source:
    """A parsed text. `front_matter` is (start, end) of the YAML between its rules, if there is any."""

    text: str = field(repr=False)
    data: bytes = field(repr=False)
    front_matter: tuple[int, int] | None
    blocks: tuple[Block, ...] = field(repr=False)
    leaves: tuple[Block, ...] = field(repr=False)  # the blocks with text in them, in order; none is within another
    rich: tuple[list[Event], ...] = field(repr=False)  # the texts with links, images or HTML in them
    titles: dict[int, str] = field(repr=False)  # start byte of a heading -> its plain text
    anchors: dict[int, str] = field(repr=False)  # the same -> its anchor

    @cached_property
    def index(self) -> LineIndex:
        return LineIndex(self.data)

    @cached_property
    def code(self) -> tuple[Block, ...]:
        """The blocks of code, however deep they stand in lists and quotes."""
        return tuple(block for block in self.leaves if block.kind == "CodeBlock")

    @cached_property
    def html_ids(self) -> frozenset[str]:
        """Ids and names that the text's own HTML gives to places."""
        blocks = (block.code for block in self.leaves if block.kind == "HtmlBlock")
        tags = (data for text in self.rich for _, kind, data, _, _ in text if kind == "InlineHtml")
        found = (match for piece in (*blocks, *tags) for match in _HTML_ID.finditer(piece))
        return frozenset(match.group(1) or match.group(2) or match.group(3) or "" for match in found)

    @cached_property
    def too_deep(self) -> dict[int, int]:
        """Start and end of what is nested too deep to be shown as more than its text."""
        return {block.start: block.end for block in too_deep(self.blocks)}

    def slice(self, start: int, end: int) -> str:
        return self.data[start:end].decode("utf-8", "replace")

    def span(self, start: int, end: int) -> Span:
        """The span of these bytes without trailing white space."""
        return self.index.span(start, self._trimmed(start, end))

    def end_position(self, end: int) -> Position:
        """Of what ends before this byte, without trailing white space."""
        return self.index.position(self._trimmed(0, end))

    def _trimmed(self, start: int, end: int) -> int:
        data = self.data
        while end > start and data[end - 1] in _WHITE:
            end -= 1
        return end

    def line(self, offset: int) -> int:
        """From 1."""
        return self.index.line(offset) + 1


def events(markdown: str) -> Iterator[tuple[Any, Any]]:
    """What the parser says, each with its bytes."""
    return pyromark.events_with_range(markdown, options=_OPTIONS)


def read(text: str) -> Source:
    """Never raises, whatever the text."""
    valid, data = encoded(text)
    body, front_matter = _body_start(data)
    # As many line ends as bytes that are not parsed: then the parser's bytes are those of the text.
    blocks, leaves, rich = read_tree(events("\n" * body + valid[len(data[:body].decode()) :]))
    titles = {block.start: _title(block) for block in leaves if block.kind == "Heading"}
    ids = HeadingIds()
    anchors = {start: ids.take(title) for start, title in titles.items()}
    return Source(text, data, front_matter, tuple(blocks), tuple(leaves), tuple(rich), titles, anchors)


def _body_start(data: bytes) -> tuple[int, tuple[int, int] | None]:
    begin = len(_BOM) if data.startswith(_BOM) else 0
    found = _FRONT_MATTER.match(data, begin)
    return (found.end(), found.span(1)) if found else (begin, None)


def _title(heading: Block) -> str:
    said = [data if kind in ("Text", "Code") else _BREAKS.get(kind, "") for _, kind, data, _, _ in heading.inlines]
    return said[0] if len(said) == 1 else "".join(said)
