"""The notations of the grammar, each read into the model: what is written several ways means the same."""

import pytest

from app.domain.model import StepKind
from app.domain.parse import parse
from app.domain.roles import Role, bare_title, role_of
from app.domain.status import Status

BULLETS = (
    "## Components\n\n### Shop\n- **Purpose**: sells\n- **Dependencies**: `Ledger`, Bank (external)\n\n### Ledger\n"
)
PARAGRAPHS = (
    "## Components\n\n### Shop\n\n**Purpose:** sells\n\n**Depends on:**\n\n- Ledger\n- Bank (external)\n\n### Ledger\n"
)
NESTED = "## Components\n\n### Shop\n- **Purpose**: sells\n- **Uses**:\n  - Ledger\n  - Bank (external)\n\n### Ledger\n"
TABLE = (
    "## Components\n\n| Component | Purpose | Dependencies |\n| --- | --- | --- |\n"
    "| Shop | sells | Ledger, Bank (external) |\n| Ledger | | |\n"
)
GROUPED = (
    "## Component Design\n\n### Front\n\n#### Shop\n- **Purpose**: sells\n- **Uses**: Ledger, Bank (external)\n\n"
    "### Back\n\n#### Ledger\n- **Purpose**: counts\n"
)


@pytest.mark.parametrize("text", [BULLETS, PARAGRAPHS, NESTED, TABLE, GROUPED])
def test_components_in_every_notation(text):
    design = parse(text)
    assert [component.name for component in design.components] == ["Shop", "Ledger"]
    shop = design.components[0]
    assert shop.purpose == "sells"
    assert [(name.name, name.external) for name in shop.dependencies] == [("Ledger", False), ("Bank", True)]
    assert [external.name for external in design.externals] == ["Bank"]


def test_a_heading_that_is_a_role_is_a_section_and_no_component():
    design = parse(
        "## Components\n\n### Core Components\n\n#### A\n\n#### Data flow\n\n### External systems\n- Mail: sends\n"
    )
    assert [component.name for component in design.components] == ["A"]
    assert [(external.name, external.note) for external in design.externals] == [("Mail", "sends")]


def test_ids_stay_when_other_elements_come_and_go():
    before = parse("## Components\n\n### A\n\n### B\n")
    after = parse("## Components\n\n### New\n\n### B\n\n### B\n")
    assert before.components[1].id == "component:b"
    assert [component.id for component in after.components] == ["component:new", "component:b", "component:b~2"]


def test_a_dependency_has_its_note_and_its_place_behind_emoji():
    design = parse("## Components\n\n### 😀\n- **Dependencies**: 😀 x (why, when), `b-c`: because\n")
    first, second = design.components[0].dependencies
    assert (first.name, first.note) == ("😀 x", "why, when")
    assert (second.name, second.note, second.key) == ("b-c", "because", "bc")
    assert (first.span.start.column, first.span.end.column) == (20, 35)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("2.3 Core Components", Role.components),
        ("IV. Summary", Role.overview),
        ("Monitoring & Logging", Role.operations),
        ("**Non-Functional Requirements**", Role.targets),
        ("Non-Functional Requirements (NFR)", Role.targets),
        ("Upgrade / Downgrade Strategy", Role.migrations),
        ("Alternatives (optional)", Role.alternatives),
        ("A plan", None),
        ("Overview of nothing", None),
        ("", None),
    ],
)
def test_titles_and_their_roles(title, role):
    assert role_of(title) is role


def test_a_number_is_no_part_of_a_title_but_a_word_is():
    assert [bare_title(title) for title in ("1. A", "2.3 B", "IV. C", "A. D", "I am", "3D view", "2026 plan")] == [
        *("A", "B", "C", "D", "I am", "3D view", "plan")
    ]


def test_goals_are_targets_only_when_they_can_be_measured():
    assert parse("## Goals\n\n- p95 latency under 200 ms\n").sections[0].role is Role.targets
    assert parse("## Goals\n\n- Be kind to 3 people\n").sections[0].role is Role.goals


@pytest.mark.parametrize(
    "text",
    [
        "---\nstatus: approved\nowner: [Ana, Ravi]\n---\n\n# A\n",
        "# A\n\n**Status**: Approved\n**Owners**: Ana, Ravi\n",
        "# A\n\n- Status: accepted\n- Author(s): Ana and Ravi\n",
        "# A\n\nStatus: Accepted\nAuthors: Ana,\nRavi\n",
        "A\n---\n* Status: **Approved**\n* Authors: [Ana](https://a.example), Ravi\n",
        "# A\n\n## Metadata\n\n| Field | Value |\n| --- | --- |\n| Status | Approved |\n| Owner | Ana, Ravi |\n",
        "# A\n\n| Status | Approved |\n| --- | --- |\n| Owner | Ana; Ravi |\n",
        "# A\n\n**Owner**: Ana, Ravi\n\n## Status\n\nAccepted\n",
        "# A\n\n## B\n\ntext\n\n---\n\n**Status**: Approved\n**Owner**: Ana, Ravi\n",
    ],
)
def test_fields_in_every_notation(text):
    design = parse(text)
    assert design.status is Status.approved
    assert design.field("owner").values == ("Ana", "Ravi")


def test_front_matter_wins_and_its_places_are_those_of_the_text():
    design = parse("---\n\nignored: no\n---\n")
    assert design.fields == ()
    design = parse("\ufeff---\r\ntags: [a, b]\r\nstatus: draft\r\n---\r\n# A\r\n\r\n**Status**: Approved\r\n")
    assert design.status is Status.draft
    assert [field.span.first_line for field in design.fields] == [2, 3, 7]


def test_prose_before_the_first_section_is_no_field():
    assert parse("# A\n\nWe say: nothing.\n\n- Fast: it is\n- Small: too\n\nNote: this.\n").fields == ()


def test_the_title_is_the_heading_the_field_or_nothing():
    assert parse("# A `b`\n").title == "A b"
    assert parse("---\ntitle: T\n---\n\n## B\n").title == "T"
    assert parse("## B\n").title == "B"
    assert parse("text").title == ""


@pytest.mark.parametrize(
    ("line", "label", "comparator", "value", "unit"),
    [
        ("Unit tests (70%)", "Unit tests", "=", 70, "%"),
        ("Code coverage > 80%", "Code coverage", ">", 80, "%"),
        ("Critical paths 100% covered", "Critical paths", "=", 100, "%"),
        ("p95 latency under 200 ms", "p95 latency", "<", 200, "ms"),
        ("Availability ≥ 99.9 %", "Availability", ">=", 99.9, "%"),
        ("At most 5 s to start", "to start", "<=", 5, "s"),
        ("Throughput: at least 1,000 req/s", "Throughput", ">=", 1000, "req/s"),
        ("Memory below 512 MiB", "Memory", "<", 512, "MiB"),
        ("Lost refunds = 0", "Lost refunds", "=", 0, ""),
        ("Everything is tested", "Everything is tested", "", None, ""),
    ],
)
def test_targets(line, label, comparator, value, unit):
    (target,) = parse(f"## Performance Targets\n\n- {line}\n").targets
    assert (target.label, target.comparator, target.value, target.unit) == (label, comparator, value, unit)


def test_a_target_names_its_metric_and_its_quantile():
    (target,) = parse("## Targets\n\n- p95 read latency < 200 ms `http_read_p95_ms`\n").targets
    assert (target.quantile, target.metric, target.label) == ("p95", "http_read_p95_ms", "p95 read latency")


def test_tables_in_both_notations():
    text = (
        "## Data model\n\n### users (planned)\n\n| Column | Type | Null | Key |\n| --- | --- | --- | --- |\n"
        "| id | uuid | no | PK |\n| team | uuid | yes | FK → teams.id |\n\n"
        "```sql\nCREATE TABLE teams (id uuid PRIMARY KEY, name text NOT NULL UNIQUE DEFAULT '',"
        " boss uuid REFERENCES users (id));\n```\n"
    )
    users, teams = parse(text).tables
    assert (users.name, teams.name) == ("users", "teams")
    assert [(column.name, column.primary_key, column.nullable) for column in users.columns] == [
        ("id", True, False),
        ("team", False, True),
    ]
    assert users.columns[1].references == "teams.id"
    assert [(column.name, column.unique, column.nullable, column.default) for column in teams.columns] == [
        ("id", False, False, ""),
        ("name", True, False, "''"),
        ("boss", False, True, ""),
    ]
    assert teams.columns[2].references.startswith("users")


def test_sql_that_nobody_can_read_gives_no_table():
    assert parse("## Schema\n\n```sql\nCREATE TABLE (((\n```\n").tables == ()


def test_indexes():
    first, second = parse(
        "## Indexes\n\n- by_name: finds people\n- `by_team` on users(team, name): lists\n- none\n"
    ).indexes
    assert (first.name, first.table, first.purpose) == ("by_name", "", "finds people")
    assert (second.name, second.table, second.columns) == ("by_team", "users", ("team", "name"))


def test_flows_as_lists_and_as_sequence_diagrams():
    text = (
        "## Data flow\n\n1. A -> B --> C: ask\n2. B thinks\n3. The response goes back\n\n"
        "```mermaid\nsequenceDiagram\n  participant S as Shop\n  S->>Ledger: book\n  Ledger-->>S: done\n"
        "  Note over S: x\n```\n"
    )
    listed, drawn = parse(text).flows
    assert [(step.kind, step.source, step.target, step.text) for step in listed.steps] == [
        (StepKind.call, "A", "B", ""),
        (StepKind.call, "B", "C", "ask"),
        (StepKind.note, "", "", "B thinks"),
        (StepKind.answer, "", "", "The response goes back"),
    ]
    assert [(step.kind, step.source, step.target) for step in drawn.steps] == [
        (StepKind.call, "Shop", "Ledger"),
        (StepKind.answer, "Ledger", "Shop"),
    ]
    assert [step.span.first_line for step in drawn.steps] == [10, 11]


def test_ordered_lists_elsewhere_are_no_flows():
    assert parse("## Plan\n\n1. A → B\n").flows == ()


def test_errors_as_bullets_and_tables():
    design = parse(
        "## Error Codes\n\n- Validation errors (400)\n- GONE (410): deleted\n- TOO_LATE: closed\n- prose\n\n"
        "| HTTP | Error | When |\n| --- | --- | --- |\n| 429 Too many | RATE | busy |\n"
    )
    assert [(error.name, error.status, error.meaning) for error in design.errors] == [
        ("Validation errors", 400, ""),
        ("GONE", 410, "deleted"),
        ("TOO_LATE", None, "closed"),
        ("RATE", 429, "busy"),
    ]


def test_environments_and_stages_with_remarks():
    design = parse(
        "## Environments\n\n- Staging: on merge\n- Production (EU)\n\n"
        "## Pipeline\n\n1. Tests\n2. Sign-off by Ana\n3. Promote to production\n"
    )
    assert [(place.name, place.note) for place in design.environments] == [
        ("Staging", "on merge"),
        ("Production", "EU"),
    ]
    assert [(stage.name, stage.manual, stage.deploys_to) for stage in design.stages] == [
        ("Tests", False, ""),
        ("Sign-off by Ana", True, ""),
        ("Promote to production", False, "production"),
    ]


def test_headings_in_fences_and_quotes_open_no_section():
    assert [s.title for s in parse("# A\n\n```\n# no\n```\n\n> # no\n\nB\n=\n").sections] == ["A", "B"]


def test_sections_nest_and_reach_to_the_next_of_their_level():
    design = parse("# A\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n")
    assert [(s.title, s.parent, s.span.start.line, s.span.end.line) for s in design.sections] == [
        ("A", None, 0, 10),
        ("B", "a", 2, 8),
        ("C", "b", 6, 8),
        ("D", "a", 10, 10),
    ]
