"""Texts that the author has still to replace. Code, links, footnotes and task boxes are never searched."""

import re
from collections.abc import Iterator

from app.domain.blocks import Block, Event
from app.domain.html_names import ELEMENTS
from app.domain.model import Placeholder
from app.domain.parse.inlines import flatten
from app.domain.source import Source

_BRACKETS = (
    r"\[(?:(?:add|insert|describe|your|fill|enter|provide|explain|e\.g\.)\s[^\[\]\n]{1,200}|(?:list|todo|tbd)\b[^\[\]\n]{0,200}"
    r"|description|purpose|name|date|title|author)\]"
)
_WORDS = r"\b(?:TODO|TBD|FIXME)\b|(?<!\?)\?\?\?(?!\?)|\$\([^()\n]{1,80}\)|\blorem ipsum\b"
_ANY = re.compile(f"(?i:{_BRACKETS}|\\blorem ipsum\\b)|{_WORDS}")
_WHOLE = re.compile(f"(?i:{_BRACKETS})|[<{{][^<>{{}}]+[>}}]|TODO|TBD|FIXME|\\?\\?\\?|\\[[^\\[\\]]+\\]")
_TAG = re.compile(r"<([A-Za-z][\w-]{2,}(?:[ ,/|'-][^<>=\"]{1,80})?)>\Z")


def is_placeholder(text: str) -> bool:
    """Whether the text is nothing but a placeholder (or any bracket text, where a name is expected)."""
    return _WHOLE.fullmatch(text.strip()) is not None


def read_placeholders(source: Source) -> tuple[Placeholder, ...]:
    leaves = (block for top in source.blocks for block in top.walk() if block.inlines)
    found = [item for block in leaves for item in _in_block(source, block)]
    return tuple(sorted(found, key=lambda item: item.span.start))


def _in_block(source: Source, block: Block) -> Iterator[Placeholder]:
    if block.kind in ("CodeBlock", "HtmlBlock"):
        return
    for run in _runs(block.inlines):
        flat = flatten(source, run)
        for match in _ANY.finditer(flat.text):
            yield Placeholder(match[0], flat.span(match.start(), match.end()))
    for event in block.inlines:
        tag = _TAG.match(event.data) if event.kind == "InlineHtml" else None
        before = source.data[max(0, event.start - 1) : event.start]
        if tag and tag[1].split(" ")[0].lower() not in ELEMENTS and not before.isalnum() and before not in (b">", b"&"):
            yield Placeholder(event.data, source.span(event.start, event.end))


def _runs(inlines: list[Event]) -> Iterator[list[Event]]:
    """The texts between code, links and images: a placeholder does not reach across them."""
    run: list[Event] = []
    depth = 0
    for event in inlines:
        if event.kind in ("Link", "Image"):
            depth += 1 if event.phase == "start" else -1
        if event.kind == "Text" and depth == 0:
            run.append(event)
        elif run:
            yield run
            run = []
    if run:
        yield run
