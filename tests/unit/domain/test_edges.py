"""What stands in a section and says nothing: empty items; SQL and front matter of shapes that cannot be read."""

import pytest

from app.domain.diagrams.lettering import width, wrapped
from app.domain.parse import parse
from app.domain.report import report
from app.domain.roles import Role

ELEMENTS = (
    *("components", "externals", "flows", "tables", "indexes", "errors", "layers", "endpoints", "metrics"),
    *("log_levels", "decisions", "targets", "environments", "stages"),
)
NOTHING = ("-\n-\n", "1.\n2.\n", "- \n  - \n", "-\n\n  ```\n  code\n  ```\n", "| | |\n| --- | --- |\n| | |\n")


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("nothing", NOTHING, ids=["bullets", "numbers", "nested", "code", "table"])
def test_items_without_words_are_no_elements(role, nothing):
    design = parse(f"## {role.label}\n\n{nothing}")
    assert [name for name in ELEMENTS if name != "flows" and getattr(design, name)] == []
    assert all(not flow.steps for flow in design.flows)
    assert report(design)


def test_a_component_whose_items_say_nothing_has_no_values():
    design = parse("## Components\n\n### A\n\n-\n- **Dependencies**:\n  - none\n  -\n  - B\n- **\n\n### B\n")
    (reference,) = design.components[0].dependencies
    assert reference.name == "B"


@pytest.mark.parametrize(
    ("yaml", "problem"),
    [
        ("", ""),
        ("# only a comment", ""),
        ("- a\n- b", "no list of `name: value` lines"),
        ("? [a, b]\n: c\ntitle: T", ""),
        ("a: [", "no valid YAML"),
        ("a: \x07", "no valid YAML"),
        ("a: " + "[" * 5_000, "more brackets than fields can need"),
        ("a: " + "x" * 200_000, "is longer than"),
    ],
    ids=["empty", "comment", "list", "odd key", "open", "control", "brackets", "long"],
)
def test_front_matter_of_other_shapes(yaml, problem):
    design = parse(f"---\ntitle2: x\n{yaml}\n---\n# A\n" if not yaml else f"---\n{yaml}\n---\n# A\n")
    assert design.sections[-1].title == "A"
    said = " ".join(message for message, _ in design.field_problems)
    assert problem in said
    assert bool(said) is bool(problem)


@pytest.mark.parametrize("code", ["CREATE TABLE a (id text DEFAULT 'x);", "create unique index i on t ('x;"])
def test_sql_whose_words_cannot_be_told_apart_is_not_understood(code):
    design = parse(f"## Schema\n\n```sql\n{code}\n```\n")
    assert [span.first_line for span in design.unread_sql] == [4]
    assert design.tables == ()


def test_a_quote_that_never_ends_in_sql_about_no_tables_is_no_matter():
    assert parse("## Schema\n\n```sql\nSELECT 'x FROM t;\n```\n").unread_sql == ()


def test_widths_of_other_scripts():
    assert width("漢字") > width("ab")
    assert width("e\u0301") == width("e")
    assert wrapped("a" * 200, 50, 2)[0].endswith("…")


LONG = "x" * 500


@pytest.mark.parametrize(
    ("title", "item", "elements"),
    [
        ("Environments", f"- {LONG}", "environments"),
        ("Metrics", f"- {LONG}", "metrics"),
        ("Layers", f"1. {LONG}", "layers"),
        ("Targets", "| Metric | Target |\n| --- | --- |\n| | |", "targets"),
        ("Components", "| Component | Purpose |\n| --- | --- |\n| | p |", "components"),
        ("External systems", "- <b></b>", "externals"),
        ("Errors", "| Code | Status |\n| --- | --- |\n| | 404 |", "errors"),
        ("Status", "- Draft\n- Final", "fields"),
    ],
)
def test_what_cannot_be_a_name_is_no_element(title, item, elements):
    assert getattr(parse(f"# A\n\n## {title}\n\n{item}\n"), elements) == ()


def test_a_status_of_marks_without_words_is_empty():
    assert parse("# A\n\n## Status\n\n<b></b>\n").field("status").value == ""
