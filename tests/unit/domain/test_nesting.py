"""Lists and quotes within each other, however deep: no error, nothing dropped, and said at its place."""

import re
from contextlib import suppress

import pytest

from app.domain.diagrams.draw import CannotDraw, Diagram, Notation, draw
from app.domain.lint.engine import check
from app.domain.lint.fixing import fixed
from app.domain.parse import parse
from app.domain.render.body import render_body
from app.domain.report import report
from app.domain.roles import Role
from app.domain.sheet import sheet
from app.domain.templates import begun

DEEP = {
    "quotes": "> " * 2_000 + "the bottom\n",
    "bullets": "- " * 2_000 + "the bottom\n",
    "numbers": "1. " * 2_000 + "the bottom\n",
    "quotes and bullets": "> - " * 1_000 + "the bottom\n",
    "numbers and quotes": "1. > " * 1_000 + "the bottom\n",
    "callout": "> [!NOTE]\n" + "> " * 2_000 + "the bottom\n",
    "footnote": "[^1]: " + "> " * 2_000 + "the bottom\n\ntext[^1]\n",
    "tasks": "- " * 2_000 + "[ ] the bottom\n",
    "indented": "".join("  " * level + f"- level {level}\n" for level in range(900)) + "  " * 900 + "- the bottom\n",
    "table": "- " * 2_000 + "| a |\n" + "  " * 2_000 + "| --- |\n" + "  " * 2_000 + "| the bottom |\n",
    "fence": "- " * 1_999 + "- ```\n" + "  " * 2_000 + "the bottom\n",
}
ROLES = "".join(f"## {role.label}\n\nDEEP\n" for role in Role)


def words(html: str) -> str:
    return re.sub("<[^>]*>", "", html)


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_too_deep_is_shown_as_it_is_written(kind):
    shown = render_body(parse(f"# Title\n\n{DEEP[kind]}\nThe end.\n"))
    assert "the bottom" in words(shown)
    assert "The end." in words(shown)
    assert shown.count("<blockquote") + shown.count("<ul") + shown.count("<ol") <= 11


def test_no_level_is_dropped():
    shown = words(render_body(parse(DEEP["indented"])))
    assert all(re.search(rf"level {level}\b", shown) for level in range(900))


@pytest.mark.parametrize("kind", DEEP)
def test_it_is_found_at_its_place(kind):
    page = sheet(f"# Title\n\n{DEEP[kind]}\nThe end.\n")
    found = [finding for finding in page.findings if finding.rule == "nesting-too-deep"]
    line = {"callout": 4, "indented": 13}.get(kind, 3)
    assert [finding.line for finding in found] == [line]
    block = rf'<(li|div|p)[^>]*(id="L|data-line="){line}"[^>]*>(<p[^>]*>)?<a[^>]*href="#finding-'
    assert re.search(block, page.html)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", DEEP)
def test_in_every_section_that_is_read_nothing_is_raised(kind):
    text = "# Title\n\n" + ROLES.replace("DEEP", DEEP[kind][:4_000])
    design = parse(text)
    assert check(design)
    assert len(report(design)) == len(design.sections)
    assert fixed(design).text
    assert begun(text, title="New")
    for diagram in Diagram:
        for notation in Notation:
            with suppress(CannotDraw):
                assert draw(design, diagram, notation)


def test_ten_deep_is_shown_and_every_place_that_is_deeper_is_found():
    ten, eleven = "- " * 10 + "ten\n", "- " * 11 + "eleven\n"
    shown = render_body(parse(ten))
    assert shown.count("<ul") == 10
    assert "<pre" not in shown
    twice = parse(f"{eleven}\ntext\n\n{eleven}")
    assert [f.line for f in check(twice) if f.rule == "nesting-too-deep"] == [1, 5]
    assert render_body(twice).count("- eleven</code></pre>") == 2


def test_the_authors_marks_stay_text():
    shown = render_body(parse("> " * 11 + "<b>*not* bold</b> & so on\n"))
    assert "&lt;b&gt;*not* bold&lt;/b&gt; &amp; so on" in shown
