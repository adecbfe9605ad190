"""A part of a text as tokens: what counts as the same word, and what each word stands in. No comparison here.

Folded away, because it changes nothing for a reader: line ends, wrapping, blank lines and indentation of prose, curly
quotes, dashes, the ellipsis, the sign of a bullet (`*`, `+`, `-`), `)` behind a list number, `_` for emphasis, the
width of a table's rulers and cells, the sign and underline of a heading. Code and HTML are kept as written, white space
in lines included. Marks around a word are tokens of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from app.domain.blocks import Block
from app.domain.diff.parts import Part
from app.domain.diff.weight import fold
from app.domain.model import Design

_CHUNK = re.compile(r"(?:`[^`\n]*`|\S)+")
_EXACT = re.compile(r"\w+|[^\S\r\n]+|[^\w\s]")
_QUOTE = re.compile(r"^(?:[ \t]{0,3}>)+")
_NUMBERED = re.compile(r"(\d{1,9})\)\Z")
_DASHES = re.compile(r"-{2,}")
_RULER = re.compile(r"-{2,}")
_EMPHASIS = re.compile(r"(?<![\w`_])_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?![\w`_])")
_PIPE = re.compile(r"(?<!\\)\|")
_AROUND = re.compile(r"([(\"'*]*)(.*?)([.,;:)\"'*]*)")
_LEAVES = frozenset({"Paragraph", "Heading", "Table", "CodeBlock", "HtmlBlock", "Rule"})
_EXACT_KINDS = {"CodeBlock": "code", "HtmlBlock": "HTML"}


class Token(NamedTuple):
    """`key` decides what is the same; `noun` is "words", "code", "HTML" or "field"; `around` its blocks."""

    key: str
    noun: str
    around: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What each line of a text stands in: the noun, the blocks around it, and which lines are headings."""

    nouns: dict[int, str]
    around: dict[int, int]
    headings: dict[int, tuple[int, str]]  # first line -> last line, text


def ground(design: Design) -> Ground:
    """Linear in the length of the text."""
    nouns, around = dict[int, str](), dict[int, int]()
    stack = [(block, 0) for block in reversed(design.source.blocks)]
    while stack:
        block, outer = stack.pop()
        if block.kind in _LEAVES:
            _mark(design, block, outer, (nouns, around))
            continue
        inner = _within(outer, f"{block.kind}{block.data is not None}")
        stack.extend((child, inner) for child in reversed(block.children))
    if design.source.front_matter:
        start, end = design.source.front_matter
        last = design.source.index.line(end)
        nouns.update(dict.fromkeys(range(design.source.index.line(start), last), "field"))
    headings = {
        section.heading_span.start.line: (section.heading_span.end.line, section.heading) for section in design.sections
    }
    return Ground(nouns, around, headings)


def _within(outer: int, kind: str) -> int:
    """A number for a path of blocks, the same in every process."""
    return crc32(f"{outer} {kind}".encode())


def _mark(design: Design, block: Block, outer: int, marks: tuple[dict[int, str], dict[int, int]]) -> None:
    kind = "" if block.kind == "Paragraph" else block.kind
    index = design.source.index
    first, last = index.line(block.start), index.line(max(block.start, block.end - 1))
    for line in range(first, last + 1):
        marks[1][line] = _within(outer, kind) if kind else outer
        if block.kind in _EXACT_KINDS:
            marks[0][line] = _EXACT_KINDS[block.kind]
        elif block.kind == "Table":
            marks[0][line] = "table"


def tokens(part: Part, on: Ground, first: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of the lines [first, end) of a part in order; a heading of several lines is read with its first."""
    found: list[Token] = []
    skip = on.headings.get(part.first_line, (-1, ""))[0] if first else -1
    for at, text in enumerate(part.lines[first:end], part.first_line + first):
        if at <= skip:
            continue
        if at in on.headings:
            skip, heading = on.headings[at]
            found.extend(_line(heading, at, on))
        else:
            found.extend(_line(text, at, on))
    return found


def _line(text: str, at: int, on: Ground) -> Iterator[Token]:
    noun, around = on.nouns.get(at, "words"), on.around.get(at, 0)
    if noun in ("code", "HTML"):
        for match in _EXACT.finditer(text.rstrip("\r\n")):
            yield Token(match[0], noun, around, at, match.start())
        if noun == "code":
            yield Token("\n", noun, around, at, len(text))
        return
    if noun == "table":
        text, noun = _PIPE.sub(" | ", text.strip().strip("|")), "words"
    elif noun == "words":
        text = _QUOTE.sub(lambda cut: " " * len(cut[0]), text)
    for place, match in enumerate(_CHUNK.finditer(text)):
        if match[0].isalpha() and match[0].isascii():
            yield Token(match[0], noun, around, at, match.start())
            continue
        key = _key(match[0], first=place == 0)
        for piece in _cut(key) if noun == "words" else (key,):
            yield Token(piece, noun, around, at, match.start())


def _cut(key: str) -> Iterator[str]:
    """The marks before a word, the word, the marks behind it; a link or code stays in one piece."""
    found = None if "](" in key or "`" in key else _AROUND.fullmatch(key)
    yield from filter(None, found.groups() if found else (key,))


def _key(chunk: str, *, first: bool) -> str:
    """The chunk as it is read. Between code ticks nothing is folded."""
    if "`" in chunk:
        return chunk
    key = fold(chunk)
    if first and key in ("*", "+"):
        return "-"
    if first:
        key = _NUMBERED.sub(r"\1.", key)
    if not key.strip("-:|"):
        return "-" if _DASHES.fullmatch(key) else _RULER.sub("---", key)
    return _EMPHASIS.sub(lambda cut: "*" * len(cut[0]), key)
