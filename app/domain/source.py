"""One text as the Markdown parser sees it: events, block tree, anchors, front matter. Made once per text.

Here stands everything that both the model and the renderer need from the parser. No meaning of sections here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyromark

from app.domain.blocks import Block, Event, too_deep
from app.domain.heading_ids import HeadingIds
from app.domain.text import LineIndex, Span, encodable

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
_LEAVES = frozenset({"Paragraph", "Heading", "TableCell", "CodeBlock", "HtmlBlock"})
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image", "Superscript", "Subscript"})
_BREAKS = {"SoftBreak": " ", "HardBreak": " "}
_HTML_ID = re.compile(r"\b(?:id|name)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>=`]+))", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Source:
    """A parsed text. `front_matter` is (start, end) of the YAML between its rules, if there is any."""

    text: str = field(repr=False)
    data: bytes = field(repr=False)
    front_matter: tuple[int, int] | None
    events: tuple[Event, ...] = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    leaves: tuple[Block, ...] = field(repr=False)  # the blocks with text in them, in order; none is within another
    anchors: dict[int, str] = field(repr=False)  # start byte of a heading -> its anchor

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
        pieces = (event.data for event in self.events if event.kind in ("Html", "InlineHtml"))
        found = (match for piece in pieces for match in _HTML_ID.finditer(piece))
        return frozenset(match.group(1) or match.group(2) or match.group(3) or "" for match in found)

    @cached_property
    def too_deep(self) -> dict[int, int]:
        """Start and end of what is nested too deep to be shown as more than its text."""
        return {block.start: block.end for block in too_deep(self.blocks)}

    def slice(self, start: int, end: int) -> str:
        return self.data[start:end].decode("utf-8", "replace")

    def span(self, start: int, end: int) -> Span:
        """The span of these bytes without trailing white space."""
        data = self.data
        while end > start and data[end - 1] in _WHITE:
            end -= 1
        return self.index.span(start, end)

    def line(self, offset: int) -> int:
        """From 1."""
        return self.index.line(offset) + 1


def read(text: str) -> Source:
    """Never raises, whatever the text."""
    data = encodable(text).encode()
    body, front_matter = _body_start(data)
    raw = pyromark.events_with_range(data[body:].decode(), options=_OPTIONS)
    events = tuple(_events(raw, body))
    blocks, leaves = _tree(events)
    return Source(text, data, front_matter, events, tuple(blocks), tuple(leaves), _anchors(leaves))


def _body_start(data: bytes) -> tuple[int, tuple[int, int] | None]:
    begin = len(_BOM) if data.startswith(_BOM) else 0
    found = _FRONT_MATTER.match(data, begin)
    return (found.end(), found.span(1)) if found else (begin, None)


_PHASES = {"Start": "start", "End": "end"}


def _events(raw: Iterable[tuple[Any, Any]], body: int) -> Iterator[Event]:
    """In one loop without calls, because every text passes through here event by event."""
    new, phase_of = tuple.__new__, _PHASES.get
    for event, place in raw:
        phase, kind, data = "leaf", event, None
        if event.__class__ is dict:
            (kind,) = event
            data = event[kind]
            found = phase_of(kind)
            if found is not None:
                phase, kind, data = found, data, None
                if kind.__class__ is dict:
                    around = kind
                    (kind,) = around
                    data = around[kind]
        yield new(Event, (phase, kind, data, place["start"] + body, place["end"] + body))


def _tree(events: tuple[Event, ...]) -> tuple[list[Block], list[Block]]:
    """The outermost blocks, and those with text. Inline text straight inside a tight list item gets a paragraph of
    its own, as if it were loose.
    """
    top = root = Block("Document", None, 0, 0)
    around: list[Block] = []
    leaves: list[Block] = []
    loose: Block | None = None
    for event in events:
        phase, kind, data, start, end = event
        if kind in _INLINE or (phase == "leaf" and kind != "Rule"):
            if top.kind in _LEAVES:
                top.inlines.append(event)
                continue
            if loose is None:
                loose = Block("Paragraph", None, start, end)
                top.children.append(loose)
                leaves.append(loose)
            loose.end = end
            loose.inlines.append(event)
            continue
        loose = None
        if phase == "end":
            top = around.pop()
            continue
        block = Block(kind, data, start, end)
        top.children.append(block)
        if kind in _LEAVES:
            leaves.append(block)
        if phase == "start":
            around.append(top)
            top = block
    return root.children, leaves


def _anchors(leaves: list[Block]) -> dict[int, str]:
    ids = HeadingIds()
    return {block.start: ids.take(_title(block)) for block in leaves if block.kind == "Heading"}


def _title(heading: Block) -> str:
    said = (event.data if event.kind in ("Text", "Code") else _BREAKS.get(event.kind, "") for event in heading.inlines)
    return "".join(said)
