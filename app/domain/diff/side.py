"""One of the two texts of a comparison with everything that is looked up in it. Nothing is compared here."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from app.domain.diff.elements import Element, elements
from app.domain.diff.parts import Part, parts
from app.domain.diff.tokens import Ground, Token, ground, tokens
from app.domain.model import Design
from app.domain.text import Position, Span

_NAME_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SMALL_WORDS = "a an the of for in on to with by is are as from into this that it its how what"
_NO_NAMES = frozenset(_SMALL_WORDS.split())
_NAMED = frozenset(
    {"component", "external system", "layer", "endpoint", "flow", "table", "column", "index", "error", "metric"}
    | {"log level", "environment", "stage", "box"}
)
_MOST_WORDS = 3  # of a field's value that is a name


@dataclass(frozen=True)
class Side:
    """A design, its parts, its elements, and the words of its names. Tokens are made where somebody asks for them."""

    design: Design
    parts: tuple[Part, ...]
    elements: dict[str, Element]
    names: frozenset[str]
    starts: list[int]

    @cached_property
    def _ground(self) -> Ground:
        return ground(self.design)

    def tokens(self, part: Part, first: int = 0, end: int | None = None) -> list[Token]:
        """Of all its lines, or of the lines [first, end) of it."""
        return tokens(part, self._ground, first, end)

    def stands(self, line: int) -> tuple[str, int]:
        """In what a line stands."""
        return self._ground.nouns.get(line, "words"), self._ground.around.get(line, 0)

    def part_at(self, line: int) -> Part:
        return self.parts[max(0, bisect_right(self.starts, line) - 1)]

    def text(self, span: Span) -> str:
        """The text of a span."""
        index = self.design.source.index
        return self.design.text[index.offset(span.start) : index.offset(span.end)]


def side(design: Design) -> Side:
    cut, known = parts(design), elements(design)
    return Side(
        design=design,
        parts=cut,
        elements=known,
        names=_names(known),
        starts=[part.first_line for part in cut],
    )


def part_span(part: Part) -> Span:
    return Span(Position(part.first_line, 0), Position(part.first_line + len(part.lines), 0))


def _names(known: dict[str, Element]) -> frozenset[str]:
    texts = [one.name for one in known.values() if one.noun in _NAMED]
    for one in known.values():
        value = one.facts.get("value", "") if one.noun == "field" and one.name != "title" else ""
        if isinstance(value, str) and len(value.split()) <= _MOST_WORDS:
            texts.append(value)
    return frozenset(word.lower() for text in texts for word in _NAME_WORD.findall(text)) - _NO_NAMES
