"""Places in a text: lines and columns, and the conversion from the parser's UTF-8 byte offsets.

Every conversion between units of text lives here. Nothing here knows Markdown.
"""

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

_CONTINUATION = bytes(range(0x80, 0xC0))
_STRIDE = 1024
_SURROGATE = re.compile("[\ud800-\udfff]")


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


def encodable(text: str) -> str:
    """The text with lone surrogates replaced one for one, so that it has a UTF-8 form and the same positions."""
    return _SURROGATE.sub("\ufffd", text)


class LineIndex:
    """Finds the position of a byte offset in O(log lines), after one linear pass.

    A line ends at LF, CRLF or CR, as in CommonMark and in editors.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ascii = data.isascii()
        self._lines = [0, *accumulate(map(len, data.splitlines(keepends=True)))]  # of bytes: at LF, CRLF and CR only
        if data and not data.endswith((b"\n", b"\r")):
            self._lines.pop()
        if not self._ascii:
            # Code points before every 1024th byte: no look-up counts more than one stride.
            chunks = (data[at : at + _STRIDE] for at in range(0, len(data), _STRIDE))
            self._counts = [0, *accumulate(len(chunk.translate(None, _CONTINUATION)) for chunk in chunks)]

    @property
    def line_count(self) -> int:
        return len(self._lines)

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
        if not 0 <= offset <= len(self._data):
            offset = max(0, min(offset, len(self._data)))
        line = bisect_right(self._lines, offset) - 1
        start = self._lines[line]
        if self._ascii or offset == start:
            return Position(line, offset - start)
        if offset - start <= _STRIDE:
            return Position(line, len(self._data[start:offset].translate(None, _CONTINUATION)))
        return Position(line, self.characters(offset) - self.characters(start))

    def offset(self, position: Position) -> int:
        """How many code points of the text stand before this place."""
        return self.characters(self._lines[position.line]) + position.column

    def span(self, start: int, end: int) -> Span:
        return Span(self.position(start), self.position(max(start, end)))
