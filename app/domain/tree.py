"""The Markdown parser's events as a tree of blocks. Every text passes through here event by event; nothing else does.

No meaning here: what a block says is read elsewhere.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from app.domain.blocks import TIGHT, Block, Event

_LEAVES = frozenset({"Paragraph", "Heading", "TableCell", "CodeBlock", "HtmlBlock"})
_LINKS = frozenset({"Link", "Image"})
_AROUND = _LINKS | {"Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript"}


class Tree(NamedTuple):
    """The outermost blocks; the blocks with text in them, in order, of which none is within another; and the texts
    with links, images or HTML in them.
    """

    blocks: list[Block]
    leaves: list[Block]
    rich: list[list[Event]]


def read_tree(raw: Iterable[tuple[Any, Any]]) -> Tree:
    """Text straight inside a tight list item gets a paragraph of its own, as if the list were loose."""
    tree = Tree([], [], [])
    children = tree.blocks
    around: list[list[Block]] = []  # the children of the blocks around
    events = iter(raw)
    while True:
        inlines: list[Event] = []
        step = _text(events, inlines, tree.rich)
        if inlines:
            tight = Block("Paragraph", TIGHT, inlines[0][3], inlines[-1][4], (), inlines)
            children.append(tight)
            tree.leaves.append(tight)
        if step is None:
            return tree
        phase, kind, data, start, end = step
        if phase == "end":
            children = around.pop()
            continue
        block = Block(kind, data, start, end)
        children.append(block)
        if kind in _LEAVES:
            tree.leaves.append(block)
            block.inlines = inlines = []
            _text(events, inlines, tree.rich)
        elif phase == "start":
            around.append(children)
            block.children = children = []


def _text(events: Iterator[tuple[Any, Any]], inlines: list[Event], rich: list[list[Event]]) -> Event | None:
    """Moves what stands inside a block to `inlines`; gives the event that ends it: a block begins or ends there."""
    for event, place in events:
        kind: Any
        kind, data = event.popitem() if event.__class__ is dict else (event, None)
        if kind == "Text":  # half of them
            inlines.append(("leaf", kind, data, place["start"], place["end"]))
        elif kind == "End":
            if data.__class__ is dict or data not in _AROUND:
                return "end", "", None, 0, 0
            inlines.append(("end", data, None, place["start"], place["end"]))
        elif kind == "Start":
            kind, data = data.popitem() if data.__class__ is dict else (data, None)
            if kind not in _AROUND:
                return "start", kind, data, place["start"], place["end"]
            inlines.append(("start", kind, data, place["start"], place["end"]))
            if kind in _LINKS and (not rich or rich[-1] is not inlines):
                rich.append(inlines)
        elif kind == "Rule":
            return "leaf", kind, None, place["start"], place["end"]
        else:
            inlines.append(("leaf", kind, data, place["start"], place["end"]))
            if kind == "InlineHtml" and (not rich or rich[-1] is not inlines):
                rich.append(inlines)
    return None
