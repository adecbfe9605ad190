"""HTTP endpoints in every notation, what they answer, and the tense of claims."""

import pytest

from app.domain.model import Response, Tense
from app.domain.parse import parse

ANSWERS = (Response(200, ""), Response(404, "NOT_FOUND"))


@pytest.mark.parametrize(
    "text",
    [
        "## Components\n\n### Shop\n- **Interfaces**: GET /a/{id} → 200, 404 NOT_FOUND; POST /b -> 201\n",
        "## Components\n\n### S\n- **Interfaces**:\n  - `GET /a/{id} → 200,\n    404 NOT_FOUND`\n  - `POST /b` → 201\n",
        "## Components\n\n| Component | API |\n|---|---|\n| S | GET /a/{id} → 200, 404 NOT_FOUND, POST /b → 201 |\n",
        "## API\n\n- GET /a/{id} => 200, 404 NOT_FOUND\n- POST /b --> 201: makes one\n- GET up\n",
        "## API\n\n| Method|Path|Returns |\n|---|---|---|\n|get|`/a/{id}`|200, 404 NOT_FOUND|\n|POST|/b|201|\n",
        "## API\n\n| Endpoint | Status |\n| --- | --- |\n| `GET /a/{id}` | 200, 404 NOT_FOUND |\n| POST /b | 201 |\n",
    ],
)
def test_endpoints_in_every_notation(text):
    read, make = parse(text.replace("\n", "\r\n")).endpoints
    assert (read.method, read.path, read.responses) == ("GET", "/a/{id}", ANSWERS)
    assert (make.method, make.path, make.statuses, make.codes) == ("POST", "/b", (201,), ())
    assert read.id != make.id


def test_an_endpoint_belongs_to_its_component_and_stands_where_it_is_written():
    text = "## Components\n\n### 😀\n- **API**: GET /a → 200, 409 CONFLICT; free text, 404\n"
    design = parse(text)
    (endpoint,) = design.endpoints
    line = text.splitlines()[endpoint.span.start.line]
    assert endpoint.component_id == design.components[0].id
    assert line[endpoint.span.start.column : endpoint.span.end.column] == "GET /a → 200, 409 CONFLICT"
    assert design.components[0].interfaces == ("GET /a → 200, 409 CONFLICT", "free text", "404")


def test_a_heading_may_be_an_endpoint_and_a_flow_is_none():
    assert [e.path for e in parse("## API\n\n### DELETE /a\n\ntext\n").endpoints] == ["/a"]
    assert parse("## Flows\n\n- GET /a\n").endpoints == ()
    assert parse("## API\n\n- GET the thing\n- GETS /a\n").endpoints == ()


def test_a_code_may_stand_without_its_status():
    (endpoint,) = parse("## API\n\n- PUT /a → 200, TOO_LATE (planned)\n").endpoints
    assert endpoint.responses == (Response(200, ""), Response(None, "TOO_LATE"))
    assert endpoint.tense is Tense.planned


def test_tense_is_that_of_the_element_or_of_the_section_around_it():
    design = parse(
        "## Components (proposed)\n\n### A\n- **Uses**: B (removed), C\n\n### B (planned)\n\n"
        "## Data model\n\n### t (deprecated)\n\n| Column | Type |\n|---|---|\n| id | int |\n| x (planned) | int |\n\n"
        "## Errors\n\n- GONE (410): later (planned)\n\n## Indexes\n\n- by_x (planned): finds\n\n"
        "## Targets\n\n- p95 < 2 s (planned)\n"
    )
    assert [(one.name, one.tense) for one in design.components] == [("A", Tense.proposed), ("B", Tense.planned)]
    assert [one.tense for one in design.components[0].dependencies] == [Tense.removed, Tense.implemented]
    assert [column.tense for column in design.tables[0].columns] == [Tense.deprecated, Tense.planned]
    assert (design.tables[0].name, design.tables[0].columns[1].name) == ("t", "x")
    elements = (design.errors[0], design.indexes[0], design.targets[0])
    assert [one.tense for one in elements] == [Tense.planned] * 3
    assert (design.indexes[0].name, design.targets[0].label) == ("by_x", "p95")


def test_a_claim_that_comes_true_keeps_its_id():
    before = parse("## Components\n\n### A (planned)\n").components[0]
    after = parse("## Components\n\n### A\n").components[0]
    assert before.id == after.id


@pytest.mark.parametrize(
    ("line", "comparator", "value"),
    [
        ("Loading a 2 MB document takes under 3 s", "<", 3),
        ("99.9 % of requests within 300 ms", "<=", 300),
        ("Within 5 min 99 % are sent", "<=", 5),
    ],
)
def test_a_number_with_a_comparator_is_the_target(line, comparator, value):
    (target,) = parse(f"## Targets\n\n- {line}\n").targets
    assert (target.comparator, target.value) == (comparator, value)
