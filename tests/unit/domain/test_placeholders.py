"""Placeholders that a template brings: its bracket texts, letter for letter, and nothing that only looks alike."""

import pytest

from app.domain.parse import parse

TEMPLATE = "# {short title}\n\n## [Component Name]\n\n[What it does], [a link](b), `[code]`, <who decides>, - [x]\n"


def found(text: str, template: str | None = TEMPLATE) -> list[str]:
    return [placeholder.text for placeholder in parse(text, template).placeholders]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_bracket_texts_of_the_template_are_placeholders(end):
    text = "# {short title}\n\n😀 [What it does] <who decides>\n\n| a |\n| --- |\n| [Component Name] |\n"
    assert found(text.replace("\n", end)) == ["{short title}", "[What it does]", "<who decides>", "[Component Name]"]


def test_other_bracket_texts_are_not():
    assert found("[What it did] [code] [a link](b) `[What it does]` [x] {Short title}\n") == []
    assert found("[What it does]\n", None) == []


def test_a_placeholder_is_found_once_and_where_it_stands():
    design = parse("é [Description]\n", "[Description]")
    assert [(one.span.start.column, one.span.end.column) for one in design.placeholders] == [(2, 15)]
