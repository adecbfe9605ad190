"""Reading inside a block: its plain text with the way back to bytes, bold labels, list items, table cells."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.domain.blocks import Block, Event
from app.domain.source import Source
from app.domain.text import Span

_LONG = 2_000
_LONGEST_ITEM = 2_000
_BREAKS = {"SoftBreak": "\n", "HardBreak": "\n"}
_COLON = re.compile(r"\s*[:：]\s*")
_NAME_END = re.compile(r"\s?(?::\s|\s[-–—]\s|\s\()")
_CUTS = re.compile(r"[,;\n()]")
_NOTHING = frozenset({"", "none", "n/a", "na", "nothing", "-", "–", "—", "nil", "no dependencies"})


@dataclass(frozen=True, slots=True)
class Flat:
    """Plain text (no markup, code without its ticks) and, for every piece of it, the byte where it stands."""

    source: Source
    text: str
    starts: tuple[int, ...]  # character offsets of the pieces
    places: tuple[tuple[int, int], ...]  # their bytes
    widths: tuple[int, ...] | None  # bytes before each character, where the text is long and not ASCII

    def byte(self, at: int) -> int:
        """The byte of a character; inside a piece that is not written as it reads (`&amp;`), its end at most."""
        if not self.starts:
            return 0
        piece = max(0, bisect_right(self.starts, at) - 1)
        start, end = self.places[piece]
        return min(end, start + self._width(self.starts[piece], at))

    def _width(self, start: int, end: int) -> int:
        if self.widths is not None:
            return self.widths[end] - self.widths[start]
        return end - start if self.text.isascii() else len(self.text[start:end].encode())

    def span(self, start: int, end: int) -> Span:
        """The span of `text[start:end]` without the white space around it."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        end = max(start, end - (len(part) - len(part.rstrip())))
        first = self.byte(start)
        last = self.byte(end - 1) if end > start else first
        width = len(self.text[end - 1 : end].encode()) if end > start else 0
        return self.source.index.span(first, last + width)


def flatten(source: Source, inlines: Iterable[Event]) -> Flat:
    texts: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    length = 0
    for _, kind, data, begin, end in inlines:
        piece = data if kind in ("Text", "Code") else _BREAKS.get(kind)
        if not piece:
            continue
        inside = max(0, source.data[begin:end].find(piece.encode())) if kind == "Code" else 0
        texts.append(piece)
        starts.append(length)
        places.append((begin + inside, end))
        length += len(piece)
    text = "".join(texts)
    widths = None
    if length > _LONG and not text.isascii():
        widths = tuple(accumulate((len(character.encode()) for character in text), initial=0))
    return Flat(source, text, tuple(starts), tuple(places), widths)


def plain(inlines: Iterable[Event]) -> str:
    """The text of a heading or an image's description, on one line."""
    pieces = [data if kind in ("Text", "Code") else _BREAKS.get(kind, "") for _, kind, data, _, _ in inlines]
    return " ".join("".join(pieces).split())


@dataclass(frozen=True, slots=True)
class Labelled:
    """`**Label**: value`, the value from `at` in the plain text."""

    label: str
    flat: Flat
    at: int

    @property
    def value(self) -> str:
        return self.flat.text[self.at :].strip()


def bold_start(block: Block) -> Sequence[Event]:
    """What a block begins with in bold; nothing where it does not begin so."""
    if not block.inlines or block.inlines[0][:2] != ("start", "Strong"):
        return ()
    ends = (at for at, (phase, kind, *_) in enumerate(block.inlines) if kind == "Strong" and phase == "end")
    return block.inlines[: next(ends)]


def labelled(source: Source, block: Block) -> Labelled | None:
    """The bold label that a block begins with, if a colon stands behind it or in it."""
    bold = bold_start(block)
    if not bold:
        return None
    label = plain(bold)
    rest = flatten(source, block.inlines[len(bold) :])
    if label.endswith((":", "：")):
        return Labelled(label[:-1].strip(), rest, 0)
    colon = _COLON.match(rest.text)
    return Labelled(label, rest, colon.end()) if colon else None


def items(blocks: Iterable[Block]) -> Iterator[Block]:
    """The items of the lists among these blocks, not those of nested lists."""
    for block in blocks:
        if block.kind == "List":
            yield from (child for child in block.children if child.kind == "Item")


def first_paragraph(item: Block) -> Block | None:
    return next((child for child in item.children if child.kind == "Paragraph"), None)


def item_text(source: Source, item: Block) -> Flat | None:
    """The first paragraph of an item, unless it is empty or too long to be the name or line of an element.

    The bound also keeps patterns that look ahead from costing more than the text is long.
    """
    paragraph = first_paragraph(item)
    flat = flatten(source, paragraph.inlines) if paragraph else None
    return flat if flat and flat.text.strip() and len(flat.text) <= _LONGEST_ITEM else None


def name_and_note(text: str) -> tuple[str, str]:
    """`name: note`, `name - note` and `name (note)`."""
    cut = _NAME_END.search(text)
    if cut is None:
        return text, ""
    note = text[cut.end() :].strip()
    return text[: cut.start()].strip(), note.removesuffix(")") if cut[0].endswith("(") else note


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a list of values."""

    text: str
    span: Span


def split_values(flat: Flat, at: int = 0) -> Iterator[Part]:
    """The values between commas, semicolons and line ends (not those in round brackets)."""
    begin = at
    for cut in [*_cuts(flat.text, at), len(flat.text)]:
        text = flat.text[begin:cut].strip().rstrip(".")
        if text.casefold() not in _NOTHING:
            yield Part(text, flat.span(begin, cut))
        begin = cut + 1


def _cuts(text: str, at: int) -> Iterator[int]:
    """Where values end. A bracket that is never closed protects nothing; one pass, however many there are."""
    marks = [(match.start(), match[0]) for match in _CUTS.finditer(text, at)]
    unclosed: list[int] = []
    for number, (_, mark) in enumerate(marks):
        if mark == "(":
            unclosed.append(number)
        elif mark == ")" and unclosed:
            unclosed.pop()
    ignored, depth = set(unclosed), 0
    for number, (place, mark) in enumerate(marks):
        if mark == "(" and number not in ignored:
            depth += 1
        elif mark == ")":
            depth = max(0, depth - 1)
        elif mark not in "()" and not depth:
            yield place


def item_values(source: Source, item: Block) -> Iterator[Part]:
    """The items of the lists nested in an item, each one value."""
    for nested in items(item.children):
        paragraph = first_paragraph(nested)
        if paragraph is None:
            continue
        flat = flatten(source, paragraph.inlines)
        if flat.text.strip().casefold() not in _NOTHING:
            yield Part(" ".join(flat.text.split()), flat.span(0, len(flat.text)))


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: cells by normalised header, and its place."""

    cells: dict[str, Flat]
    start: int
    end: int

    def text(self, *names: str) -> str:
        """The first of these columns that exists, as plain text."""
        return next((self.cells[name].text.strip() for name in names if name in self.cells), "")


def headers(table: Block) -> tuple[str, ...]:
    """The header cells in lower case."""
    head = table.children[0] if table.children else None
    return tuple(plain(cell.inlines).casefold() for cell in head.children) if head else ()


def rows(source: Source, table: Block) -> Iterator[Row]:
    names = headers(table)
    for row in table.children[1:]:
        cells = [flatten(source, cell.inlines) for cell in row.children]
        yield Row(dict(zip(names, cells, strict=False)), row.start, row.end)
