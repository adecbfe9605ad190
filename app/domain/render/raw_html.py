"""The author's own HTML: read into tags, and only harmless tags written again. What is left open gets closed.

Nothing of the author's markup is copied: names come from a list here, values are escaped, ids get a prefix, and
classes, styles, handlers and data attributes do not exist.
"""

import re
from html.parser import HTMLParser

from app.domain.render.escape import attributes, safe_address, text, words
from app.domain.render.links import ID_PREFIX, Links

_VOID = frozenset({"br", "hr", "wbr"})
_PHRASES = frozenset(
    {
        "a",
        "abbr",
        "b",
        "code",
        "del",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "strong",
        "sub",
        "sup",
        "u",
    }
)
_PARTS = frozenset(
    {"details", "summary", "p", "div", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_SILENT = frozenset(
    {"script", "style", "template", "title", "textarea", "noscript", "iframe", "xmp", "noembed", "noframes"}
)
_NUMBERS = frozenset({"colspan", "rowspan", "start"})
_RENAMED = {"strike": "s", "tt": "code", "center": "div", "font": "", "span": "", "big": "", "nobr": ""}

_LONGEST = 100_000
_BARE = re.compile(r"<(/?)([a-z][a-z0-9]*)>")


def read_html(html: str, open_tags: list[str], links: Links, *, in_link: bool = False) -> str:
    """One piece of the author's HTML as ours; `open_tags` of the block around changes with it.

    What the tag reader cannot read, or what is absurdly long, is shown as text.
    """
    html = _without_comments(html)
    pieces = _Pieces(open_tags, links, in_link=in_link)
    if len(html) > _LONGEST:
        return text(html)
    try:
        pieces.read(html)
    except AssertionError:  # malformed `<![…`
        return "".join(pieces.out) + text(html)
    return "".join(pieces.out)


def _without_comments(html: str) -> str:
    """One that is never closed reaches to the end. The tag reader would look for every end anew."""
    if "<!--" not in html:
        return html
    kept, at = [], 0
    while (begin := html.find("<!--", at)) >= 0:
        kept.append(html[at:begin])
        end = html.find("-->", begin + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, html[at:]])


class _Pieces(HTMLParser):
    """Tags in, harmless tags out. Who made `open_tags` closes what stays open in it."""

    def __init__(self, open_tags: list[str], links: Links, *, in_link: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._open, self._links, self._in_link = open_tags, links, in_link
        self._silent = 0
        self.out: list[str] = []

    def read(self, html: str) -> None:
        """Words and bare tags are read here; anything else by the library, which takes ten times as long."""
        pieces = _BARE.split(html)
        said, ends, names = pieces[::3], pieces[1::3], pieces[2::3]
        if _SILENT.isdisjoint(names) and not any("<" in words or "&" in words for words in said):
            self.handle_data(said[0])
            for end, name, words_behind in zip(ends, names, said[1:], strict=True):
                self.handle_endtag(name) if end else self.handle_starttag(name, [])
                self.handle_data(words_behind)
            return
        end = html.rfind(">") + 1
        self.feed(html[:end])
        self.close()
        self.handle_data(html[end:])  # no tag ends there, and the reader would look for one at every "<"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}
        if tag in _SILENT:
            self._silent += 1
        if self._silent:
            return
        if tag == "img":
            in_link = self._in_link or "a" in self._open
            self.out.append(self._links.image(values.get("src", ""), values.get("alt", ""), in_link=in_link))
            return
        name = _RENAMED.get(tag, tag)
        if name in _VOID:
            self.out.append(f"<{name}>")
        elif name in _PHRASES or name in _PARTS:
            self._start(name, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
            return
        name = _RENAMED.get(tag, tag)
        if name in self._open:
            while (inner := self._open.pop()) != name:
                self.out.append(f"</{inner}>")
            self.out.append(f"</{name}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.out.append(words(data))

    def _start(self, name: str, values: dict[str, str]) -> None:
        kept: dict[str, str | None] = {}
        where = ""
        own_id = values.get("id") or (values.get("name") if name == "a" else None)
        if own_id:
            kept["id"] = ID_PREFIX + own_id
        for attribute in _NUMBERS & values.keys():
            if values[attribute].isascii() and values[attribute].isdigit() and len(values[attribute]) <= 3:
                kept[attribute] = values[attribute]
        if name == "details" and "open" in values:
            kept["open"] = ""
        if name == "a" and safe_address(values.get("href", "")):
            where = self._links.attributes(values["href"].strip())
        self._open.append(name)
        self.out.append(f"<{name}{attributes(kept)}{where}>")


def phrases_only(open_tags: list[str], since: int) -> list[str]:
    """Takes the tags opened after `since` that may not reach over blocks off the list, for the caller to close."""
    cut = next((at for at in range(since, len(open_tags)) if open_tags[at] in _PHRASES), len(open_tags))
    closing = open_tags[cut:]
    del open_tags[cut:]
    return closing
