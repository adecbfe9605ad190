"""Templates of our own, and documents begun from a template."""

from datetime import date

import pytest

from app.domain.health import Severity
from app.domain.lint.engine import check
from app.domain.parse import parse
from app.domain.roles import Role
from app.domain.templates import begun, templates

OWN = ("adr", "note", "rfc")


def test_there_are_four():
    assert list(templates()) == ["adr", "design-document", "note", "rfc"]


@pytest.mark.parametrize("name", OWN)
def test_what_is_begun_asks_for_its_placeholders_and_for_nothing_else(name):
    findings = check(parse(begun(templates()[name], today=date(2026, 11, 22))))
    assert {finding.rule for finding in findings} == {"placeholder-left"}
    assert {finding.severity for finding in findings} == {Severity.warning}


@pytest.mark.parametrize("name", templates())
def test_nothing_for_the_author_is_left_but_placeholders(name):
    text = begun(templates()[name], title="Refunds & returns", today=date(2026, 11, 22))
    assert not any(word in text for word in ("<!--", "-->", "(optional)", "$(date", "\n\n\n"))
    assert text.startswith("# Refunds & returns\n\n")
    assert "2026-11-22" in text
    assert parse(text).title == "Refunds & returns"


@pytest.mark.parametrize("name", templates())
def test_without_title_and_day_their_placeholders_stay(name):
    assert "$(date" in begun(templates()[name])
    assert parse(begun(templates()[name])).title == parse(templates()[name]).title


def test_the_record_of_a_decision_has_the_headings_of_madr():
    shown = [section.title for section in parse(begun(templates()["adr"])).sections if section.level == 2]
    assert shown == [
        "Context and Problem Statement",
        "Decision Drivers",
        "Considered Options",
        "Decision Outcome",
        "Pros and Cons of the Options",
        "More Information",
    ]


def test_a_proposal_has_elements_to_fill_in():
    design = parse(begun(templates()["rfc"]))
    assert len(design.components) == len(design.tables) == len(design.flows) == 1
    assert {Role.alternatives, Role.risks, Role.questions, Role.security} <= {s.role for s in design.sections}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("# A (optional) b\n", "# A (optional) b\n"),
        ("## A (Optional) ##\n", "## A ##\n"),
        ("```\n<!-- kept -->\n## A (optional)\n```\n", "```\n<!-- kept -->\n## A (optional)\n```\n"),
        ("<!-- gone --> kept\n", "<!-- gone --> kept\n"),
        ("# A\r\n\r\n<!-- 😀\r\n -->\r\n\r\nB\r\n", "# A\r\n\r\nB\r\n"),
        ("Text <!-- inline --> text\n", "Text <!-- inline --> text\n"),
    ],
)
def test_only_comments_and_marks_of_the_template_go(template, text):
    assert begun(template) == text
