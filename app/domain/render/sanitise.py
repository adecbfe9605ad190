"""The last net: whatever the renderer lets through, only these tags, attributes and schemes leave."""

from functools import cache

import nh3

from app.domain.render.escape import SCHEMES

_BLOCK = "p div blockquote pre ul ol li dl dt dd figure figcaption hr h1 h2 h3 h4 h5 h6 details summary section"
_TABLE = "table caption thead tbody tfoot tr th td"
_PHRASE = "a abbr b br code del em i ins kbd mark q s samp small span strong sub sup u wbr input"
_EVERYWHERE = {"id", "class", "data-line", "title"}
_ATTRIBUTES = {
    "a": {"href", "rel", "aria-label"},
    "div": {"role", "aria-label", "tabindex"},
    "pre": {"tabindex"},
    "section": {"aria-label"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "details": {"open"},
    "input": {"type", "disabled", "checked", "aria-label"},
    "span": {"aria-hidden"},
}


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(f"{_BLOCK} {_TABLE} {_PHRASE}".split()),
        attributes={"*": _EVERYWHERE, **_ATTRIBUTES},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def sanitise(html: str) -> str:
    return _cleaner().clean(html)
