"""The rendered view of a comparison: the page of the new text with what is new in `ins` and what is gone in `del`.

Both texts are rendered as every page is, and the two pages are compared: block by block; in lists, quotes and tables
item by item; in paragraphs, headings, items and cells word by word; in code line by line. Ids of the old page are
dropped, and the result passes the sanitiser once more. Classes: `diff-rendered` (around all), `diff-add` and `diff-del`
on every `ins` and `del` of ours, `diff-block` on those around whole blocks, in which the word for the ear is
`visually-hidden`. What is not rendered, such as front matter, is not compared here.
"""

import re
from collections.abc import Iterator, Sequence

from app.domain.diff.line_pairs import Effort, pairs
from app.domain.diff.markup import PHRASES, TAG, Node, bare, blocks
from app.domain.diff.matching import runs
from app.domain.diff.phrases import phrases
from app.domain.model import Design
from app.domain.render.body import render_body
from app.domain.render.sanitise import sanitise

# Deeper blocks are gone and new as a whole.
_DEEPEST = 24
# A mark cannot stand around these, only around what is in them.
_HOLDS_MARK = frozenset({"li", "td", "th", "dt", "dd", "summary", "caption", "figcaption"})
_HOLDS_PARTS = frozenset({"thead", "tbody", "tfoot", "tr"})
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def rendered(old: Design, new: Design) -> str:
    """Never raises; bounded as the comparison of texts is, and beyond that coarser."""
    before, after = blocks(render_body(old)), blocks(render_body(new))
    shown = "".join(_compared(before, after, Effort(), _DEEPEST))
    return sanitise(f'<div class="diff-rendered">{shown}</div>')


def _compared(old: Sequence[Node], new: Sequence[Node], effort: Effort, depth: int) -> Iterator[str]:
    """In the order of the new page, with what is gone where it stood."""
    for left, right in pairs([node.key for node in old], [node.key for node in new], effort):
        if left is None and right is not None:
            yield from _whole(new[right], "ins")
        elif right is None and left is not None:
            yield from _whole(old[left], "del")
        elif left is not None and right is not None:
            yield from _pair(old[left], new[right], effort, depth)


def _pair(old: Node, new: Node, effort: Effort, depth: int) -> Iterator[str]:
    if old.key == new.key:
        yield new.html
    elif old.tag != new.tag or not depth:
        yield from (*_whole(old, "del"), *_whole(new, "ins"))
    elif new.tag == PHRASES:
        yield phrases(old.html, new.html)
    elif new.tag == "pre":
        yield f"{new.opening}{_code(old, new)}</pre>"
    else:
        yield new.opening
        yield from _compared(old.children, new.children, effort, depth - 1)
        yield f"</{new.tag}>"


def _code(old: Node, new: Node) -> str:
    """Lines without the colours of the language."""
    left, right = (_LINE.findall(TAG.sub("", node.html)) for node in (old, new))
    pieces = []
    for run in runs(left, right):
        gone, come = "".join(left[run.old_start : run.old_end]), "".join(right[run.new_start : run.new_end])
        if run.same:
            pieces.append(come)
            continue
        pieces.append(f'<del class="diff-del">{gone}</del>' if gone else "")
        pieces.append(f'<ins class="diff-add">{come}</ins>' if come else "")
    return f"<code>{''.join(pieces)}</code>"


def _whole(node: Node, mark: str) -> Iterator[str]:
    """A node that only one page has. Of the old page nothing keeps its id."""
    html = node.html if mark == "ins" else TAG.sub(lambda tag: bare(tag[0]), node.html)
    opening = node.opening if mark == "ins" else node.bare_opening
    if node.tag == PHRASES:
        yield f'<{mark} class="{_CSS[mark]}">{html}</{mark}>'
    elif node.tag in _HOLDS_PARTS:
        yield opening
        for child in node.children:
            yield from _whole(child, mark)
        yield f"</{node.tag}>"
    elif node.tag in _HOLDS_MARK:
        inner = html[len(opening) : -len(f"</{node.tag}>")]
        yield f"{opening}{_block(inner, mark)}</{node.tag}>"
    else:
        yield _block(html, mark)


_CSS = {"ins": "diff-add", "del": "diff-del"}


def _block(html: str, mark: str) -> str:
    word = "Added: " if mark == "ins" else "Removed: "
    heard = f'<span class="visually-hidden">{word}</span>'
    return f'<{mark} class="diff-block {_CSS[mark]}">{heard}{html}</{mark}>'
