"""The shapes the Markdown parser's output is given: a tree of blocks, and in its leaves the events of their text.

Only data. The kinds are the parser's own names (`Paragraph`, `Heading`, `List`, `Item`, `Table`, `CodeBlock` ...).
Offsets are bytes of the UTF-8 text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

DEEPEST = 10  # lists and quotes within each other; what is nested deeper is shown as it is written
NESTING = frozenset({"List", "BlockQuote"})
TIGHT = "tight"


# Phase ("start", "end" or "leaf"), kind, what the parser says about the kind, first byte, byte behind the last. No
# named tuple: texts have tens of thousands of them, and the name costs half as much again in every pass.
Event = tuple[str, str, Any, int, int]


@dataclass(slots=True, eq=False)
class Block:
    """A block with its child blocks, or, where it is a leaf, with its inline events. Changed only while it is built.

    A paragraph whose `data` is `TIGHT` is text straight inside an item, with no blank lines around it.
    """

    kind: str
    data: Any
    start: int
    end: int
    children: Sequence["Block"] = field(default=(), repr=False)
    inlines: Sequence[Event] = field(default=(), repr=False)

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
        return "".join(data for _, _, data, _, _ in self.inlines)

    def walk(self) -> Iterator["Block"]:
        """This block and all below it in the order of the text, without recursion (a text may nest 2,000 deep)."""
        stack = [self]
        while stack:
            block = stack.pop()
            yield block
            if block.children:
                stack.extend(reversed(block.children))


def too_deep(blocks: Iterable[Block]) -> Iterator[Block]:
    """The outermost lists and quotes beyond the limit, in the order of the text, without recursion."""
    stack = [(block, 0) for block in blocks if _may_nest(block)][::-1]
    while stack:
        block, around = stack.pop()
        depth = around + (block.kind in NESTING)
        if depth > DEEPEST:
            yield block
        else:
            stack.extend((child, depth) for child in reversed(block.children) if _may_nest(child))


def _may_nest(block: Block) -> bool:
    return bool(block.children) or block.kind in NESTING
