"""The rendered view of a comparison: the page of the new text with what is new in `ins` and what is gone in `del`.

Both texts are rendered as every page is, and the two pages are compared: block by block; in lists, quotes and tables
item by item; in paragraphs, headings, items and cells word by word; in code line by line. Ids of the old page are
dropped, and the result passes the sanitiser once more. Classes: `diff-rendered` (around all), `diff-add` and `diff-del`
on every `ins` and `del` of ours, `diff-block` on those around whole blocks, in which the word for the ear is
`visually-hidden`, `diff-fold` on the `details` around blocks far from any change. What is not rendered, such as front
matter, is not compared here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from app.domain.diff.line_pairs import Effort, pairs
from app.domain.diff.markup import PHRASES, TAG, Node, bare, blocks
from app.domain.diff.matching import runs
from app.domain.diff.phrases import phrases
from app.domain.diff.text import far_from_changes
from app.domain.model import Design
from app.domain.render.body import render_body
from app.domain.render.sanitise import sanitise

# Unchanged blocks shown around a change; fewer than `_WORTH_FOLDING` more are shown as well.
_CONTEXT, _WORTH_FOLDING, _MOST_TITLES = 2, 3, 4
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARK = re.compile(' class="diff-(?:add|del|block)')
# Deeper blocks are gone and new as a whole.
_DEEPEST = 24
# A mark cannot stand around these, only around what is in them.
_HOLDS_MARK = frozenset({"li", "td", "th", "dt", "dd", "summary", "caption", "figcaption"})
_HOLDS_PARTS = frozenset({"thead", "tbody", "tfoot", "tr"})
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class _Block:
    """What became of a block of the page; `title` is that of a heading."""

    html: str
    same: bool
    title: str


def rendered(old: Design, new: Design) -> str:
    """The whole page. Never raises; bounded as the comparison of texts is, and beyond that coarser."""
    return _whole_page("".join(block.html for block in _blocks(old, new)))


def rendered_changes(old: Design, new: Design) -> str:
    """The page with what is far from any change folded; empty when both pages are the same."""
    found = _blocks(old, new)
    return "" if all(block.same for block in found) else _whole_page("".join(_folded(found)))


def _whole_page(shown: str) -> str:
    return sanitise(f'<div class="diff-rendered">{shown}</div>')


def _blocks(old: Design, new: Design) -> list[_Block]:
    """The blocks of the new page, in order, with those that are gone where they stood."""
    before, after, effort = blocks(render_body(old)), blocks(render_body(new)), Effort()
    found = []
    for left, right in pairs([node.key for node in before], [node.key for node in after], effort):
        one, other = None if left is None else before[left], None if right is None else after[right]
        html = "".join(_compared_pair(one, other, effort, _DEEPEST))
        same = bool(one and other) and not _MARK.search(html)
        found.append(_Block(html, same, TAG.sub("", other.html).strip() if other and other.tag in _HEADINGS else ""))
    return found


def _folded(found: Sequence[_Block]) -> Iterator[str]:
    for far, group in groupby(
        zip(found, far_from_changes([block.same for block in found], _CONTEXT), strict=True), itemgetter(1)
    ):
        some = [block for block, _ in group]
        html = "".join(block.html for block in some)
        if not far or len(some) < _WORTH_FOLDING:
            yield html
            continue
        titles = [block.title for block in some if block.title]
        named = (
            f": {', '.join([*titles[:_MOST_TITLES], *(['…'] if len(titles) > _MOST_TITLES else [])])}" if titles else ""
        )
        yield f'<details class="diff-fold"><summary>{len(some):,} unchanged blocks{named}</summary>{html}</details>'


def _compared(old: Sequence[Node], new: Sequence[Node], effort: Effort, depth: int) -> Iterator[str]:
    """In the order of the new page, with what is gone where it stood."""
    for left, right in pairs([node.key for node in old], [node.key for node in new], effort):
        one, other = None if left is None else old[left], None if right is None else new[right]
        yield from _compared_pair(one, other, effort, depth)


def _compared_pair(old: Node | None, new: Node | None, effort: Effort, depth: int) -> Iterator[str]:
    if old and new:
        yield from _pair(old, new, effort, depth)
    else:
        alone = new or old
        assert alone is not None  # one side is always there
        yield from _whole(alone, "ins" if new else "del")


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
