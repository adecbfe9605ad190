"""Places in a text: lines and columns, and the conversion from the parser's UTF-8 byte offsets.

Every conversion between units of text lives here. Nothing here knows Markdown.
"""

import re
import sys
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

_CONTINUATION = bytes(range(0x80, 0xC0))
_STRIDE = 1024
_SURROGATE = re.compile("[\ud800-\udfff]")
_new = tuple.__new__  # positions are made by the thousand; the constructor of a named tuple costs twice as much


class Position(NamedTuple):
    """A place between two code points: line and column, both from 0."""

    line: int
    column: int


class Span(NamedTuple):
    """From `start` up to, but not including, `end`."""

    start: Position
    end: Position

    @property
    def first_line(self) -> int:
        """The line as people count, from 1."""
        return self.start.line + 1


def encoded(text: str) -> tuple[str, bytes]:
    """The text and its UTF-8 form, with lone surrogates replaced one for one so that every position stays."""
    try:
        return text, text.encode()
    except UnicodeEncodeError:
        return encoded(_SURROGATE.sub("\ufffd", text))


class LineIndex:
    """Finds the position of a byte offset in O(log lines), after one linear pass.

    A line ends at LF, CRLF or CR, as in CommonMark and in editors.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._size, self._ascii = data, len(data), data.isascii()
        lines = data.splitlines(keepends=True)  # of bytes: at LF, CRLF and CR only
        self._lines = [0, *accumulate(map(len, lines))]
        if data and not data.endswith((b"\n", b"\r")):
            self._lines.pop()
        self._lines.append(sys.maxsize)  # no place is behind it
        self._plain = [*map(bytes.isascii, lines), True]  # whether a column is a number of bytes

    @cached_property
    def _counts(self) -> list[int]:
        """Code points before every 1024th byte: no look-up counts more than one stride."""
        chunks = (self._data[at : at + _STRIDE] for at in range(0, self._size, _STRIDE))
        return [0, *accumulate(len(chunk.translate(None, _CONTINUATION)) for chunk in chunks)]

    @property
    def line_count(self) -> int:
        return len(self._lines) - 1

    def characters(self, offset: int) -> int:
        """How many code points stand before this byte."""
        if self._ascii:
            return offset
        base = offset // _STRIDE
        return self._counts[base] + len(self._data[base * _STRIDE : offset].translate(None, _CONTINUATION))

    def line(self, offset: int) -> int:
        return bisect_right(self._lines, offset) - 1

    def line_start(self, line: int) -> int:
        """The byte at which a line (from 0) begins."""
        return self._lines[line]

    def position(self, offset: int) -> Position:
        if not 0 <= offset <= self._size:
            offset = max(0, min(offset, self._size))
        line = bisect_right(self._lines, offset) - 1
        start = self._lines[line]
        return _new(Position, (line, offset - start if self._plain[line] else self._width(start, offset)))

    def offset(self, position: Position) -> int:
        """How many code points of the text stand before this place."""
        return self.characters(self._lines[position.line]) + position.column

    def span(self, start: int, end: int) -> Span:
        lines = self._lines
        line = bisect_right(lines, start) - 1
        begin = lines[line]
        if begin <= start <= end < lines[line + 1] and end <= self._size and self._plain[line]:  # as most are
            return _new(Span, (_new(Position, (line, start - begin)), _new(Position, (line, end - begin))))
        return _new(Span, (self.position(start), self.position(max(start, end))))

    def _width(self, start: int, end: int) -> int:
        """How many code points are between two bytes."""
        if end - start <= _STRIDE:
            return len(self._data[start:end].translate(None, _CONTINUATION))
        return self.characters(end) - self.characters(start)
