"""Hostile Markdown as the HTML that a page would get: nothing active, nothing foreign, no borrowed clothes."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.domain.sheet import sheet

FILE = Path(__file__).resolve().parents[2] / "payloads" / "xss.txt"
PAYLOADS = FILE.read_bytes().decode().removesuffix("\n").split("\n%%%%\n")

FRAME = {"article", "aside", "nav", "h2", "dl", "dt", "dd", "i"}
DRAWN = {"figure", "svg", "defs", "marker", "path", "rect", "text", "tspan", "title", "g", "polygon"}
_NAMES = (
    "p div blockquote pre ul ol li hr h1 h3 h4 h5 h6 details summary section table caption thead tbody tfoot "
    "tr th td a abbr b br code del em ins kbd mark q s samp small span strong sub sup u wbr input figcaption "
)
TEXT = set(_NAMES.split())
URLS = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "srcset", "ping", "to"}
LOADING = URLS - {"href"}
DRAWING = {
    *("viewbox", "width", "height", "d", "x", "y", "rx", "markerwidth", "markerheight", "refx", "refy", "orient"),
    *("markerunits", "marker-end", "text-anchor", "xmlns", "points"),
}
PLAIN = {
    *("id", "class", "data-line", "title", "href", "rel", "role", "aria-label", "aria-hidden", "tabindex", "start"),
    *("scope", "colspan", "rowspan", "open", "type", "disabled", "checked", "data-id", "data-span"),
}
SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.depth: list[str] = []
        self.broken: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"br", "hr", "wbr", "input"}:
            self.depth.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if not self.depth or self.depth.pop() != tag:
            self.broken.append(tag)


def elements(text: str) -> Elements:
    parsed = Elements()
    parsed.feed(sheet(text).html)
    parsed.close()
    return parsed


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) >= 106


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_nothing_active_comes_through(payload):
    page = elements(payload)
    assert not page.broken
    assert not page.depth
    assert {tag for tag, _ in page.found} <= FRAME | DRAWN | TEXT
    for tag, attributes in page.found:
        assert attributes.keys() <= PLAIN | (DRAWING if tag in DRAWN else set()), (tag, attributes)
        assert not LOADING & attributes.keys()
        scheme = SCHEME.match(attributes.get("href", ""))
        assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}
        if tag == "input":
            assert attributes["type"] == "checkbox"
            assert "disabled" in attributes


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_ids_are_unique_and_foreign_ones_are_marked(payload):
    ids = [attributes["id"] for _, attributes in elements(payload).found if "id" in attributes]
    ours = re.compile(r"(L\d+|finding-\d+|fn:\d+|fnref:\d+|GraphArrow|user-content-.*|[^\sA-Z<>\"']+)\Z")
    own = [identity for identity in ids if not identity.startswith("user-content-")]
    assert len(own) == len(set(own))
    assert all(ours.match(identity) for identity in ids)


def test_an_author_cannot_make_a_bob_or_a_finding():
    page = elements('<a class="bob bob-error" href="#finding-1">x</a>\n\n<p id="finding-1" data-line="7">x</p>\n')
    assert not [attributes for _, attributes in page.found if "bob" in attributes.get("class", "")]
    assert not [attributes for _, attributes in page.found if attributes.get("id", "").startswith("finding")]
    assert "7" not in [attributes.get("data-line") for _, attributes in page.found]


def test_remote_images_are_links_that_name_their_host():
    html = sheet("![A map](https://maps.example/a.png) and <img src='http://b.example/x' alt='B'>").html
    assert "<img" not in html
    assert 'class="remote-image"' in html
    assert "maps.example</span>" in html
    assert "b.example</span>" in html
