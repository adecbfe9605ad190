"""Texts that the author has still to replace. Code, links, footnotes and task boxes are never searched."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter

from app.domain.blocks import Block, Event
from app.domain.html_names import ELEMENTS
from app.domain.model import Placeholder
from app.domain.parse.inlines import flatten
from app.domain.source import Source, read
from app.domain.text import Span

_BRACKETS = (
    r"\[(?:(?:add|insert|describe|your|fill|enter|provide|explain|e\.g\.)\s[^\[\]\n]{1,200}|(?:list|todo|tbd)\b[^\[\]\n]{0,200}"
    r"|description|purpose|name|date|title|author)\]"
)
_WORDS = r"\b(?:TODO|TBD|FIXME)\b|(?<!\?)\?\?\?(?!\?)|\$\([^()\n]{1,80}\)|\blorem ipsum\b"
_ANY = re.compile(f"(?i:{_BRACKETS}|\\blorem ipsum\\b)|{_WORDS}")
_WHOLE = re.compile(f"(?i:{_BRACKETS})|[<{{][^<>{{}}]+[>}}]|TODO|TBD|FIXME|\\?\\?\\?|\\[[^\\[\\]]+\\]")
_BRACKETED = re.compile(r"\[[^\[\]\n]{2,200}\]|\{[^{}\n]{2,200}\}")
# What a placeholder begins with, each with a literal that is looked for first: most texts have none of most, and in
# most blocks there is none at all.
_ASKING = rb"add|insert|desc|your|fill|enter|provide|explain|e\.g|list|todo|tbd|purpose|name|date|title|author"
_HINTS = (
    (b"[", re.compile(rb"\[(?i:" + _ASKING + rb")")),
    *((word, re.compile(re.escape(word))) for word in (b"TODO", b"TBD", b"FIXME", b"???", b"$(")),
    (b"psum", re.compile(rb"[Ll]orem [Ii]psum")),
    (b"PSUM", re.compile(rb"LOREM IPSUM")),
)
_TEMPLATE_HINTS = (*_HINTS, (b"[", re.compile(rb"\[")), (b"{", re.compile(rb"\{")))
# All bytes that no such literal has. Without them a text is short, and what is not in the rest is not in the text.
_OTHER_BYTES = bytes(set(range(256)) - set(b"".join(literal for literal, _ in _TEMPLATE_HINTS)))
_start = attrgetter("start")
_TAG = re.compile(r"<([A-Za-z][\w-]{2,}(?:[ ,/|'-][^<>=\"]{1,80})?)>\Z")


def is_placeholder(text: str) -> bool:
    """Whether the text is nothing but a placeholder (or any bracket text, where a name is expected)."""
    return _WHOLE.fullmatch(text.strip()) is not None


def read_placeholders(source: Source, template: frozenset[str] = frozenset()) -> tuple[Placeholder, ...]:
    """What looks like a placeholder, and every bracket text that is one of the template's."""
    hinted = dict.fromkeys(_hinted(source, _TEMPLATE_HINTS if template else _HINTS))
    found = {item.span: item for block in hinted for item in _in_words(source, block, template)}
    found |= {span: Placeholder(tag, span) for text in source.rich for tag, span in _angled(source, text, template)}
    return tuple(found[span] for span in sorted(found))


def _hinted(source: Source, patterns: Iterable[tuple[bytes, re.Pattern[bytes]]]) -> Iterator[Block]:
    """The texts that have a hint in them, once for each, by searches over the whole."""
    data = source.data
    rest = data.translate(None, _OTHER_BYTES)
    likely = (hint for literal, hint in patterns if literal in rest and literal in data)
    for place in (match.start() for hint in likely for match in hint.finditer(data)):
        at = bisect_right(source.leaves, place, key=_start) - 1
        if at >= 0 and place < source.leaves[at].end and source.leaves[at].kind not in ("CodeBlock", "HtmlBlock"):
            yield source.leaves[at]


@lru_cache(maxsize=32)
def template_texts(template: str) -> frozenset[str]:
    """The bracket texts of a template: square, curly and angled ones, without what is a link, code or HTML."""
    source = read(template)
    leaves = (block for block in source.leaves if block.kind not in ("CodeBlock", "HtmlBlock"))
    found: set[str] = set()
    for block in leaves:
        for run in _runs(block.inlines):
            found.update(match[0] for match in _BRACKETED.finditer(flatten(source, run).text))
        found.update(tag for tag, _ in _angled(source, block.inlines))
    return frozenset(found)


def _in_words(source: Source, block: Block, template: frozenset[str]) -> Iterator[Placeholder]:
    for run in _runs(block.inlines):
        flat = flatten(source, run)
        for match in _ANY.finditer(flat.text):
            yield Placeholder(match[0], flat.span(match.start(), match.end()))
        for match in _BRACKETED.finditer(flat.text) if template else ():
            if match[0] in template:
                yield Placeholder(match[0], flat.span(match.start(), match.end()))


def _angled(
    source: Source, inlines: Iterable[Event], template: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Span]]:
    """`<name of it>`, where no element of HTML has that name and nothing before it makes it a type (`List<Item>`)."""
    for _, kind, said, start, end in inlines:
        tag = _TAG.match(said) if kind == "InlineHtml" else None
        before = source.data[max(0, start - 1) : start]
        known = tag is not None and tag[1].split(" ")[0].lower() in ELEMENTS
        unknown = tag is not None and not known and not before.isalnum() and before not in (b">", b"&")
        if unknown or (kind == "InlineHtml" and said in template):
            yield said, source.span(start, end)


def _runs(inlines: Iterable[Event]) -> Iterator[list[Event]]:
    """The texts between code, links and images: a placeholder does not reach across them."""
    run: list[Event] = []
    depth = 0
    for event in inlines:
        phase, kind, _, _, _ = event
        if kind in ("Link", "Image"):
            depth += 1 if phase == "start" else -1
        if kind == "Text" and depth == 0:
            run.append(event)
        elif run:
            yield run
            run = []
    if run:
        yield run
