"""A text as passages are compared: white space counts for nothing but the border between words.

An offset here counts code points of `Body.text`, in which every run of white space is one blank, so that wrapping,
indenting and the kind of line end change nothing. It turns into a line and column and back. No comparing here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from app.domain.diff.parts import split_lines
from app.domain.model import Design, Section
from app.domain.text import Position, Span

# Scripts that put no blanks between words: each character is a word of its own.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def words(text: str) -> Iterator[re.Match[str]]:
    """Words and, one by one, the marks between them."""
    return _WORD.finditer(text)


class Body:
    """A design's text without its white space, and the way back."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self._raw = split_lines(design.text)
        filled = [(number, found) for number, line in enumerate(self._raw) if (found := squeezed(line))]
        self._numbers = [number for number, _ in filled]
        self.lines = [line for _, line in filled]  # without the blank ones
        self.text = " ".join(self.lines)
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines[:-1])] if filled else []

    def twins(self, quote: str, start: int) -> tuple[int, int]:
        """How often this stands in the text besides at `start`, and how often before it."""
        if not quote:
            return 0, 0
        return max(0, self.text.count(quote) - 1), self.text.count(quote, 0, start + len(quote) - 1)

    def line_span(self, first: int, end: int) -> tuple[int, int]:
        """Of the filled lines [first, end), as offsets."""
        if first == end:
            at = self.starts[first] if first < len(self.starts) else len(self.text)
            return at, at
        return self.starts[first], self.starts[end - 1] + len(self.lines[end - 1])

    def line_at(self, offset: int) -> int:
        """Which of the filled lines."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def offset(self, place: Position) -> int:
        """A place in white space is that of the next word. Places beyond the text are its end."""
        at = bisect_right(self._numbers, place.line) - 1
        if at < 0:
            return 0
        if self._numbers[at] < place.line:
            return self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)
        before = self._raw[place.line][: max(0, place.column)]
        inside = len(squeezed(before)) + (before[-1:].isspace() and not before.isspace())
        return min(self.starts[at] + inside, len(self.text))

    def bounds(self, span: Span) -> tuple[int, int]:
        """The offsets of the words of a span; equal when there is none."""
        start, end = self.offset(span.start), self.offset(span.end)
        quote = self.text[start:end]
        return start + len(quote) - len(quote.lstrip()), max(start, start + len(quote.rstrip()))

    def span(self, start: int, end: int) -> Span:
        """Of at least one character."""
        last = self._position(end - 1)
        return Span(self._position(start), Position(last.line, last.column + 1))

    def section(self, offset: int) -> Section | None:
        """The innermost that holds the place; none before the first heading."""
        if not self._numbers:
            return None
        at = bisect_right(self._headings, self._numbers[self.line_at(offset)]) - 1
        return self.design.sections[at] if at >= 0 else None

    @cached_property
    def _headings(self) -> list[int]:
        return [section.heading_span.start.line for section in self.design.sections]

    def _position(self, offset: int) -> Position:
        at = self.line_at(offset)
        number, inside = self._numbers[at], offset - self.starts[at]
        raw, line = self._raw[number], self.lines[at]
        lead = len(raw) - len(raw.lstrip())
        if raw.startswith(line, lead):
            return Position(number, lead + inside)
        for word in re.finditer(r"\S+", raw):
            if inside <= len(word[0]):
                return Position(number, word.start() + inside)
            inside -= len(word[0]) + 1
        return Position(number, len(raw))
