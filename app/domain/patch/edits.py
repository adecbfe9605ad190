"""What a change of a text is: places in code points and what comes there instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.source import Source
from app.domain.text import Span

_LINE_END = re.compile(r"\r\n|\n|\r")


class NoPlace(ValueError):
    """The text has no place for the change, or the change cannot be written in the notation that stands there."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replaces `text[start:end]`; an insertion has start = end."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits made; they must not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.start < at:
            raise NoPlace("Two changes want the same place.")
        pieces.extend((text[at : edit.start], edit.text))
        at = edit.end
    return "".join([*pieces, text[at:]])


def at_bytes(source: Source, start: int, end: int, text: str) -> Edit:
    """An edit between two byte offsets of the parser."""
    return Edit(source.index.characters(start), source.index.characters(end), text)


def at_span(source: Source, span: Span, text: str) -> Edit:
    return Edit(source.index.offset(span.start), source.index.offset(span.end), text)


def line_end(source: Source) -> str:
    """The line end that the author uses first."""
    found = _LINE_END.search(source.text)
    return found[0] if found else "\n"


def one_line(text: str) -> str:
    """The text without white space around it, provided that it is one line that says something."""
    bare = text.strip()
    if not bare or _LINE_END.search(bare):
        raise NoPlace("This must be one line of text.")
    return bare
