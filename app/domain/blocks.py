"""The shapes the Markdown parser's output is given: events in a row, and blocks as a tree.

Only data. The kinds are the parser's own names (`Paragraph`, `Heading`, `List`, `Item`, `Table`, `CodeBlock` ...).
Offsets are bytes of the UTF-8 text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

DEEPEST = 10  # lists and quotes within each other; what is nested deeper is shown as it is written
NESTING = frozenset({"List", "BlockQuote"})


class Event(NamedTuple):
    """`phase` is "start", "end" or "leaf"; `data` is what the parser says about the kind."""

    phase: str
    kind: str
    data: Any
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Block:
    """A block with its child blocks, or, where it is a leaf, with its inline events. Changed only while it is built."""

    kind: str
    data: Any
    start: int
    end: int
    children: list["Block"] = field(default_factory=list, repr=False)
    inlines: list[Event] = field(default_factory=list, repr=False)

    @property
    def level(self) -> int:
        """Of a heading: 1 to 6."""
        return int(self.data["level"][1])

    @property
    def ordered(self) -> bool:
        """Of a list."""
        return self.data is not None

    @property
    def language(self) -> str:
        """Of a code block: the first word of its info string, in lower case; empty when indented or unnamed."""
        info = self.data.get("Fenced", "") if isinstance(self.data, dict) else ""
        words = info.split(None, 1)
        return words[0].lower().strip("{}.,") if words else ""

    @property
    def code(self) -> str:
        return "".join(event.data for event in self.inlines)

    def walk(self) -> Iterator["Block"]:
        """This block and all below it in the order of the text, without recursion (a text may nest 2,000 deep)."""
        stack = [self]
        while stack:
            block = stack.pop()
            yield block
            stack.extend(reversed(block.children))


def too_deep(blocks: Iterable[Block]) -> Iterator[Block]:
    """The outermost lists and quotes beyond the limit, in the order of the text, without recursion."""
    stack = [(block, 0) for block in blocks][::-1]
    while stack:
        block, around = stack.pop()
        depth = around + (block.kind in NESTING)
        if depth > DEEPEST:
            yield block
        else:
            stack.extend((child, depth) for child in reversed(block.children))
