"""Any text gives a page, in time that grows with its length, and spans that lie inside it."""

import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lint.engine import check
from app.domain.model import Design
from app.domain.parse import parse
from app.domain.sheet import sheet
from app.domain.text import LineIndex, Position, Span
from tests.corpus import documents
from tests.examples import examples

LINES = (
    *(
        "# A",
        "## Components",
        "### B",
        "- **Dependencies**: C, D (external)",
        "| a | b |",
        "| --- | --- |",
        "| 1 | 2 |",
    ),
    *(
        "1. A → B",
        "```json",
        "```",
        "---",
        "title: [",
        "<details>",
        "</b>",
        "> q",
        "TODO 😀",
        "[x](#y)",
        "e\u0301 [List]",
    ),
    *("## Schema", "## Errors", "- X (400)", "p95 < 200 ms", "## Targets", "[^1]", "[^1]: n", "", "  - n", "\tcode"),
    "<!-- plumbline: ignore x -->",
    *(
        "```mermaid",
        "graph TD",
        "A --> B[é]",
        "erDiagram",
        "T {",
        "  int id PK",
        "}",
        "```sql",
        "CREATE TABLE t (id int);",
    ),
    *("ALTER TABLE t ADD x int;", "- GET /a → 200, 404 NOT_FOUND", "## Decisions", "Scope: code a/**", "1. a: `b`"),
    *("## Layers", "## Open questions", "- [x] why?", "## Logging", "DEBUG 😀", "### C (planned)"),
)
HOSTILE = {
    "nothing": "",
    "byte order mark": "\ufeff---\ntitle: A\n---\n# A\n",
    "nul": "# a\x00b\n\n<b\x00>\x00",
    "lone surrogate": "# a\ud800b\n\n**B**: \udfff",
    "carriage returns": "# A\r\r## B\rtext\r",
    "deep quotes": ">" * 2_000 + " x",
    "deep lists": "".join("  " * level + "- x\n" for level in range(400)),
    "brackets": "[" * 50_000,
    "headings": "".join(f"## H {number}\n\ntext\n\n" for number in range(10_000)),
    "equal headings": "## Same\n\n" * 2_000,
    "open tags": "<div>\n" + "<a " * 30_000,
    "open comments": "<!-- " * 20_000,
    "suppressions": "<!-- plumbline: ignore a" + " " * 50_000,
    "commas": "## Components\n\n### A\n- **Uses**: " + "é,(" * 20_000,
    "spaces": "## Errors\n\n- a" + " " * 100_000 + "b",
    "results": "## Flows\n\n1. " + "result " * 20_000,
    "deep yaml": "---\n" + "[" * 15_000 + "\n---\n",
    "long yaml": "---\n" + "a: b\n" * 5_000 + "---\n",
    "yaml aliases": "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\ntags: *a\n---\n",
    "deep json": "## Error format\n\n```json\n" + "[" * 100_000 + "\n```\n",
    "deep sql": "## Schema\n\n```sql\nCREATE TABLE t (" + "(" * 2_000 + "\n```\n",
    "answers": "## Components\n\n### A\n- **API**: GET /a → 200" + ", 404 GONE_X" * 20_000,
    "arrows": "# A\n\n```mermaid\ngraph TD\n" + ("a & b & c & d & e & f --> g & h & i & j & k & l\n" * 4_000),
    "labels": "# A\n\n```mermaid\ngraph TD\n" + ("A[" * 200 + "\n") * 2_000,
    "entities": "# A\n\n```mermaid\nerDiagram\n" + "T {\n  int a PK\n" * 10_000,
    "statements": "# A\n\n```sql\n" + "CREATE TABLE ((;\n" * 1_000,
    "tenses": "# " + "(planned " * 20_000,
    "scopes": "# A\n\nScope: " + "schema " * 20_000,
    "long address": "http://a.example/" + ")" * 100_000,
}


def spans(thing: object) -> Iterator[Span]:
    """Every span in a design's elements."""
    if isinstance(thing, Span):
        yield thing
    elif isinstance(thing, tuple):
        for item in thing:
            yield from spans(item)
    elif is_dataclass(thing):
        for field in fields(thing):
            if field.name not in ("source", "blocks"):
                yield from spans(getattr(thing, field.name))


def assert_inside(design: Design) -> None:
    ends = [len(line) for line in lines_of(design.text)]
    for span in (*spans(design), *(finding.span for finding in check(design))):
        assert span.start <= span.end
        for place in (span.start, span.end):
            assert place.line < len(ends)
            assert 0 <= place.column <= ends[place.line]


def lines_of(text: str) -> list[str]:
    """The lines with their ends, as CommonMark has them."""
    lines, current, at = [], "", 0
    while at < len(text):
        end = 2 if text.startswith("\r\n", at) else 1 if text[at] in "\r\n" else 0
        current += text[at : at + max(end, 1)]
        at += max(end, 1)
        if end:
            lines.append(current)
            current = ""
    return [*lines, current]


@pytest.mark.thorough
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts_have_a_page_in_a_few_seconds(case):
    began = time.thread_time()
    page = sheet(HOSTILE[case])
    assert page.html.endswith("</aside></div>")
    assert time.thread_time() - began < 8


@pytest.mark.parametrize("case", [case for case in HOSTILE if len(HOSTILE[case]) < 60_000])
def test_spans_of_hostile_texts_lie_inside(case):
    assert_inside(parse(HOSTILE[case]))


@given(st.text(max_size=300))
@examples(60)
def test_any_text(text):
    assert_inside(parse(text))
    assert sheet(text).html


@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]))
@examples(80)
def test_any_text_of_our_grammar(lines, end):
    text = end.join(lines)
    assert_inside(parse(text))
    assert sheet(text) == sheet(text)


@given(st.text(alphabet="aé😀\u0301\r\n", max_size=700))
def test_positions_are_those_of_the_text(text):
    index = LineIndex(text.encode())
    line = column = offset = 0
    for at, character in enumerate(text):
        assert index.position(offset) == Position(line, column)
        offset += len(character.encode())
        ends = character == "\n" or (character == "\r" and text[at + 1 : at + 2] != "\n")
        line, column = (line + 1, 0) if ends else (line, column + 1)
    assert index.position(offset) == index.position(offset + 7) == Position(line, column)


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_real_documents_have_a_page_and_spans_that_cut_out_names(path):
    text = path.read_bytes().decode()
    design = parse(text)
    assert_inside(design)
    lines = lines_of(text)
    for section in design.sections:
        span = section.heading_span
        cut = lines[span.start.line][span.start.column :]
        assert section.title.split(" ")[0].strip("*`_[]") in cut
    for placeholder in design.placeholders:
        span = placeholder.span
        assert lines[span.start.line][span.start.column : span.end.column] == placeholder.text
    assert sheet(text).report
