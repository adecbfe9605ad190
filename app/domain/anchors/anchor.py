"""What is kept of a passage so that it can be found again in another revision of its text.

The fields are those of the W3C Web Annotation Data Model: a text quote with what stands before and after it, and a
text position; and the section, because a design is read by sections. Finding is not here.
"""

import re
from dataclasses import dataclass
from typing import Any

from app.domain.anchors.passages import Body
from app.domain.model import Design
from app.domain.text import Position, Span

VERSION = 1
CONTEXT = 64  # code points on either side
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of the Markdown text.

    The quote has LF for its line ends; `prefix` and `suffix` have single blanks for their white space. `twins` is how
    often the quote stood elsewhere in its text, `before` how often before this place. Before the first heading the
    fields of the section are empty.
    """

    quote: str
    prefix: str
    suffix: str
    section_id: str
    section_title: str
    start: Position
    end: Position
    twins: int
    before: int

    @property
    def alone(self) -> bool:
        """Whether the quote stood nowhere else in its text."""
        return not self.twins

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, to be stored as JSON."""
        return {
            "version": VERSION,
            "quote": self.quote,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "section_id": self.section_id,
            "section_title": self.section_title,
            "start": [self.start.line, self.start.column],
            "end": [self.end.line, self.end.column],
            "twins": self.twins,
            "before": self.before,
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> "Anchor":
        """What `to_dict` gave. Raises ValueError for a version that this program does not know."""
        if stored.get("version") != VERSION:
            raise ValueError(
                f"An anchor of version {stored.get('version')} cannot be read; this program reads {VERSION}."
            )
        fields = {name: value for name, value in stored.items() if name != "version"}
        return cls(**fields | {side: Position(*stored[side]) for side in ("start", "end")})


def anchor(design: Design, span: Span) -> Anchor:
    """For a span of the text; one that reaches beyond the text, or a line of it, is cut off there."""
    body, lines = Body(design), _LINE_END.split(design.text)
    first = _cut(lines, span.start)
    last = max(first, _cut(lines, span.end))
    start, end = body.bounds(Span(first, last))
    section = body.section(start)
    quote = body.text[start:end]
    twins, before = body.twins(quote, start)
    return Anchor(
        quote=_slice(lines, first, last),
        prefix=body.text[max(0, start - CONTEXT) : start],
        suffix=body.text[end : end + CONTEXT],
        section_id=section.id if section else "",
        section_title=section.title if section else "",
        start=first,
        end=last,
        twins=twins,
        before=before,
    )


def _cut(lines: list[str], place: Position) -> Position:
    if place.line >= len(lines):
        return Position(len(lines) - 1, len(lines[-1]))
    return Position(place.line, min(place.column, len(lines[place.line])))


def _slice(lines: list[str], start: Position, end: Position) -> str:
    inside = lines[start.line : end.line + 1]
    inside[-1] = inside[-1][: end.column]
    inside[0] = inside[0][start.column :]
    return "\n".join(inside)
