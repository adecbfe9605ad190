"""A rendered page as a tree, to be compared: only for HTML that left our sanitiser, where every tag is closed.

Neighbouring text and phrases among blocks are one node each, `PHRASES`. Nothing is compared or written here.
"""

import re
from dataclasses import dataclass, field

TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
# What differs between two pages without a difference in what they say: places, and the numbers of tables.
_PLACES = re.compile(r' (?:id|data-line)="[^"]*"')
_TABLE_NUMBER = re.compile(r' aria-label="Table \d+"')
VOID = frozenset({"br", "hr", "wbr", "input", "img"})
PHRASES = "#phrases"
_BLOCKS = frozenset(
    {"p", "div", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "hr", "details"}
    | {"summary", "section", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)


@dataclass(slots=True, eq=False)
class Node:
    """A block, or the phrases between blocks. `key` is the same for what says the same, and has no ids."""

    tag: str
    html: str
    key: str
    opening: str = ""
    bare_opening: str = ""
    children: list["Node"] = field(default_factory=list)


def bare(tag: str) -> str:
    """The tag without ids."""
    return _PLACES.sub("", tag)


def _key(tag: str) -> str:
    return _TABLE_NUMBER.sub("", bare(tag))


@dataclass(slots=True)
class _Open:
    """A block whose end has not come: where it begins in the page and in the keys, and where its waiting phrases do."""

    node: Node
    start: int
    first_key: int
    content: int
    keys: int


def blocks(html: str) -> list[Node]:
    """The nodes of the page, in linear time for any depth that the renderer gives out."""
    root = _Open(Node("", "", ""), 0, 0, 0, 0)
    stack, keys, at = [root], [""], 0

    def phrases(until: int) -> None:
        """Closes the phrases before a block."""
        top = stack[-1]
        written = html[top.content : until]
        if written.strip():
            top.node.children.append(Node(PHRASES, written, "".join(keys[top.keys :])))

    for tag in TAG.finditer(html):
        keys.append(html[at : tag.start()])
        at = tag.end()
        if tag[2] not in _BLOCKS:
            keys.append(_key(tag[0]))
            continue
        phrases(tag.start())
        if not tag[1]:
            keys.append(_key(tag[0]))
            stack.append(_Open(Node(tag[2], "", "", tag[0], bare(tag[0])), tag.start(), len(keys) - 1, at, len(keys)))
        if tag[1] or tag[2] in VOID:
            closed = stack.pop()
            keys.append(tag[0] if tag[1] else "")
            closed.node.html = html[closed.start : at]
            closed.node.key = "".join(keys[closed.first_key :])
            stack[-1].node.children.append(closed.node)
            stack[-1].content, stack[-1].keys = at, len(keys)
    keys.append(html[at:])
    phrases(len(html))
    return root.node.children
