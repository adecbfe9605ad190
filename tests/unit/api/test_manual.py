"""The manual of the API: all that OpenAPI says, as harmless HTML, in the colours of the site."""

import re
from html.parser import HTMLParser
from pathlib import Path

from app.api import server
from app.api.manual_page import page

ROOT = Path(__file__).parents[3]
VOID = {"meta", "link", "br", "img", "input", "hr"}
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)">`</code><b>`'


class Shape(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids, self.links, self.tags, self.open = [], [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        assert not {name for name in given if name.startswith("on") or name in {"style", "src"}}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def shape():
    described = server.application().openapi()
    return described, Shape(page(described))


def test_every_operation_and_every_schema_has_its_place():
    described, made = shape()
    operations = {one["operationId"] for methods in described["paths"].values() for one in methods.values()}
    schemas = {f"schema-{name}" for name in described["components"]["schemas"]}
    assert operations | schemas <= set(made.ids)
    assert len(made.ids) == len(set(made.ids))
    assert {link[1:] for link in made.links if link.startswith("#")} <= set(made.ids)
    assert made.open == []


def test_nothing_comes_from_elsewhere():
    _, made = shape()
    assert all(re.match(r"#|/(?!/)", link) for link in made.links)
    assert not made.tags & {"script", "style", "iframe", "img", "object"}


def test_what_is_described_is_text_and_never_markup():
    described = server.application().openapi()
    operation = {"operationId": "x", "summary": HOSTILE, "description": HOSTILE, "tags": ["t"], "responses": {}}
    parameter = {"name": HOSTILE, "in": "query", "schema": {"enum": [HOSTILE]}, "description": HOSTILE}
    shown = page(
        described
        | {
            "tags": [{"name": "t", "description": HOSTILE}],
            "paths": {f"/x/{HOSTILE}": {"get": operation | {"parameters": [parameter]}}},
        }
    )
    assert not Shape(shown).tags & {"script", "img"}


def tokens(text: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+): (#\w+)", text))


def test_colours_are_those_of_the_site():
    site = (ROOT / "assets" / "look.css").read_text()
    manual = (ROOT / "app" / "api" / "manual.css").read_text()
    for ours, theirs in zip(manual.split("@media", 1), site.split(".dark {", 1), strict=True):
        assert tokens(ours)
        assert tokens(ours).items() <= tokens(theirs).items()
