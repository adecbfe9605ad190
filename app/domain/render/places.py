"""Where a line of the text is found in the page: the anchor of its block, and the bob that stands there."""

from bisect import bisect_right
from collections.abc import Sequence

from app.domain.blocks import NESTING, TIGHT, Block
from app.domain.health import Severity
from app.domain.lint.rule import Finding
from app.domain.render.escape import text
from app.domain.source import Source

_ORDER = list(Severity)
_OUTER = NESTING | {"Table"}  # their first line is the place of what they begin with
_WITHOUT_PLACE = frozenset({"TableCell", "FootnoteDefinition"})


class Places:
    """The places of a text: the head of the page, then the first block of each line in which one begins. A place's
    anchor is the heading's own, or `L` and the line.

    For each block `marks` has its id and ` data-line="…"` where no id `L…` says the line; `bobs` the mark in the margin
    for what was found in it.
    """

    def __init__(self, source: Source, findings: Sequence[Finding] = ()) -> None:
        self.marks: dict[Block, str] = {}
        self._lines, self._anchors = [0], ["L0"]
        self._blocks: list[Block | None] = [None]
        self._read(source)
        found: dict[int, list[tuple[int, Finding]]] = {}
        for number, finding in enumerate(findings, start=1):
            found.setdefault(self._place(finding.line), []).append((number, finding))
        self.bobs = {self._blocks[place]: self._bob(place, numbered) for place, numbered in found.items()}

    def anchor(self, line: int) -> str:
        """The id to jump to for a line (from 1)."""
        return self._anchors[self._place(line)]

    def _read(self, source: Source) -> None:
        last = 0
        line_of, raw, marks = source.index.line, source.too_deep, self.marks
        stack = list(reversed(source.blocks))
        while stack:
            block = stack.pop()
            kind, start = block.kind, block.start
            outer, deep = kind in _OUTER, start in raw and kind in NESTING
            if kind in _WITHOUT_PLACE or (kind == "Paragraph" and block.data == TIGHT):
                pass
            elif (line := line_of(start) + 1) > last and (deep or not outer):
                last = line
                anchor = source.anchors[start] if kind == "Heading" else f"L{line}"
                marks[block] = f' id="{anchor}" data-line="{line}"' if kind == "Heading" else f' id="{anchor}"'
                self._lines.append(line)
                self._anchors.append(anchor)
                self._blocks.append(block)
            else:
                marks[block] = f' data-line="{line}"'
            if block.children and not deep:
                stack.extend(reversed(block.children))

    def _place(self, line: int) -> int:
        """The number of the place that a line belongs to: the last one that begins in it or above it."""
        return bisect_right(self._lines, line) - 1

    def _bob(self, place: int, found: list[tuple[int, Finding]]) -> str:
        """The worst of what was found in a block, leading to the first such finding."""
        number, worst = min(found, key=lambda pair: (_ORDER.index(pair[1].severity), pair[0]))
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        label = text(f"{worst.severity.capitalize()}: {worst.rule}{others}")
        block = self._blocks[place]
        own = f' id="{self._anchors[place]}"' if block and block.kind == "HtmlBlock" else ""
        return (
            f'<a{own} class="bob bob-{worst.severity}" href="#finding-{number}" aria-label="{label}"><span></span></a>'
        )
