"""What the import report says of sections, and the words of status, health and summary."""

import pytest

from app.domain.health import NOT_CHECKED, HealthState, Severity, health_of
from app.domain.parse import parse
from app.domain.report import Verdict, report
from app.domain.status import Status, read_status
from app.domain.summary import summary

TEXT = """# Refunds

- Status: draft

## Overview

Text.

## Components

### Shop
- **Purpose**: sells

## Data flow

It flows.

## Weather

Rain.

## Nothing
"""


def test_every_section_has_a_verdict_and_says_what_was_found():
    rows = {row.title: row for row in report(parse(TEXT))}
    assert rows["Refunds"].understood == ("1 field",)
    assert rows["Shop"].understood == ("1 component",)
    assert rows["Shop"].line == 11
    verdicts = {title: row.verdict for title, row in rows.items()}
    assert verdicts["Overview"] is verdicts["Shop"] is Verdict.understood
    assert verdicts["Data flow"] is Verdict.not_understood
    assert verdicts["Weather"] is verdicts["Nothing"] is Verdict.prose
    assert rows["Data flow"].note == "Looks like a place for flows, but none were recognised in it."
    assert rows["Nothing"].note == "Empty."


def sql_row(*statements):
    fence = "\n".join(("```sql", *statements, "```"))
    (row,) = report(parse(f"## Schema\n\n{fence}\n"))
    return row


def test_sql_that_no_dialect_explains_is_not_understood():
    row = sql_row("CREATE TABLE a ((id int;")
    assert row.verdict is Verdict.not_understood
    assert row.understood == ()
    assert row.note == (
        "1 SQL statement (line 4) could not be read in any dialect; look for a missing bracket or comma."
    )


def test_what_was_read_beside_unreadable_sql_is_said():
    row = sql_row("CREATE TABLE b (id int);", *["CREATE TABLE a ((id int;"] * 5)
    assert row.verdict is Verdict.not_understood
    assert row.understood == ("1 table",)
    assert row.note.startswith("Read as 1 table, but 5 SQL statements (lines 5, 6, 7 and 2 more) could not be read")


def test_fields_behind_the_closing_rule_are_not_the_last_sections():
    rows = report(parse("# A\n\n## B\n\n### Logging\n\ntext\n\n---\n\n**Status**: Draft\n"))
    assert rows[-1].understood == ()


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("provisional", Status.draft),
        ("WIP", Status.draft),
        ("Active Review", Status.in_review),
        ("implementable", Status.approved),
        ("**Implemented (Swift 5.5)**", Status.implemented),
        ("withdrawn", Status.rejected),
        ("superseded by ADR-12", Status.superseded),
        ("Draft / In Review / Approved", None),
        ("simmering", None),
        ("", None),
    ],
)
def test_statuses_of_other_worlds(word, status):
    assert read_status(word) is status


def test_labels():
    assert [status.label for status in Status] == [
        *("Draft", "In review", "Approved", "Implemented", "Rejected", "Superseded")
    ]


def test_health_is_the_worst_and_its_number():
    error, warning, info = Severity.error, Severity.warning, Severity.info
    assert health_of([warning, error, error]).label == "2 errors"
    assert health_of([warning]).label == "1 warning"
    assert health_of([info]).state is HealthState.clean
    assert [health.tone for health in (health_of([error]), health_of([warning]), health_of([]), NOT_CHECKED)] == [
        *("bad", "warn", "ok", "unknown")
    ]
    assert NOT_CHECKED.label == "Not checked"


def test_the_summary_counts_and_names_what_lies_outside():
    text = "## Components\n\n### A\n- **Uses**: B, C (external), D (external), E (external), F (external)\n\n### B\n"
    assert summary(parse(text)) == "2 components · depends on C, D, E and 1 more"
    assert summary(parse("text")) == ""
