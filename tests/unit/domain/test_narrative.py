"""What stands around the system: layers, scope, decisions, questions, metrics, logs, fences, foreign shapes."""

import pytest

from app.domain.model import ScopeKind
from app.domain.parse import parse
from app.domain.roles import Role


@pytest.mark.parametrize(
    "text",
    [
        "## Architecture\n\n### Layers\n\nText.\n\n1. Web: `app.web`, `app.api`\n2. Core (`app.core`)\n\n1) No\n",
        "## Architecture\n\n**Layers**:\n\n1. Web: `app.web`, `app.api`\n2. Core: `app.core`\n",
        "## Architecture\n\n- **Layers**:\n  1. Web - `app.web`, `app.api`\n  2. Core - `app.core`\n- **Other**: x\n",
    ],
)
def test_layers_in_order_with_their_code(text):
    layers = parse(text).layers
    assert [(layer.name, layer.code) for layer in layers] == [("Web", ("app.web", "app.api")), ("Core", ("app.core",))]
    assert layers[1].span.start.line == layers[0].span.start.line + 1


def test_no_layers_without_their_name():
    assert parse("## Architecture\n\n1. One\n2. Two\n").layers == ()
    assert parse("## Plan\n\n**Layers**:\n\n1. One\n").layers == ()


@pytest.mark.parametrize(
    "text",
    [
        "---\nscope: [schema billing_*, code shop/**]\n---\n",
        "# A\n\n**Scope**: schema billing_*, code shop/**\n\n## B\n",
        "# A\n\n- Status: draft\n- Scope: schema billing_*; code shop/**\n",
        "# A\n\n| Field | Value |\n| --- | --- |\n| Scope | schema billing_*, code shop/** |\n",
    ],
)
def test_the_scope_of_a_document(text):
    assert [(one.kind, one.pattern, one.section_id) for one in parse(text).scopes] == [
        (ScopeKind.schema, "billing_*", ""),
        (ScopeKind.code, "shop/**", ""),
    ]


def test_the_scope_of_a_section_and_prose_that_claims_nothing():
    text = "# A\n\n## B 😀\n\nText.\nScope: api /v1/**\n\n## C\n\n**Scope:** Backend only, with api docs.\n"
    (scope, _) = parse(text).scopes if len(parse(text).scopes) == 2 else (*parse(text).scopes, None)
    assert (scope.kind, scope.pattern, scope.section_id) == (ScopeKind.api, "/v1/**", "b-")
    assert (scope.span.start.line, scope.span.start.column, scope.span.end.column) == (5, 7, 17)


def test_decisions_of_every_form():
    design = parse(
        "## Design Decisions\n\n- **One language**: because we know it\n- Store text. Nothing else.\n\n"
        "| Decision | Why |\n| --- | --- |\n| No queue | not yet |\n\n"
        "## Architecture Decisions\n\n### Use SQLite\n\nIt is there.\n\n"
        '## Decision Outcome\n\nChosen option: "Keep, as is", because:\n\n- good\n\n### Consequences\n\n- none\n\n'
        "## Decision\n\nWe wait.\n"
    )
    assert [(one.title, one.text) for one in design.decisions] == [
        ("One language", "because we know it"),
        ("Store text", "Store text. Nothing else."),
        ("No queue", "not yet"),
        ("Use SQLite", "It is there."),
        ("Keep, as is", 'Chosen option: "Keep, as is", because:'),
        ("Decision", "We wait."),
    ]
    assert design.decisions[3].span.first_line == 12


def test_questions_and_whether_they_are_answered():
    design = parse(
        "## Open Questions\n\nSome text.\n\nIs it so?\n\n- [x] Who pays?\n- [ ] When\n- ~~Why?~~ Because.\n"
        "1. Resolved: no\n\n### How much?\n"
    )
    assert [(one.text, one.answered) for one in design.questions] == [
        ("Is it so?", False),
        ("Who pays?", True),
        ("When", False),
        ("Why? Because.", True),
        ("Resolved: no", True),
        ("How much?", False),
    ]


def test_metrics_and_log_levels():
    design = parse(
        "## Metrics\n\n- `a_total`: requests (by route)\n- Response times\n\n|Metric|Type|\n|---|---|\n|b|gauge|\n\n"
        "## Logging\n\n- ERROR: wakes somebody\n- Levels are DEBUG, ERROR and WARN.\n- INFORMATION is none\n"
    )
    assert [(metric.name, metric.note) for metric in design.metrics] == [
        *(("a_total", "requests (by route)"), ("Response times", "")),
        ("b", "gauge"),
    ]
    assert [(level.name, level.note) for level in design.log_levels] == [
        *(("ERROR", "wakes somebody"), ("DEBUG", "")),
        ("WARN", ""),
    ]


def test_fences_and_images():
    design = parse("```\na\n```\n\n# A\n\n> ~~~Python x\n> a\n> ~~~\n\n![](a.png)\n\n    code\n\n```json\n{}\n")
    assert [(fence.language, fence.closed, fence.section_id) for fence in design.fences] == [
        *(("", True, ""), ("python", True, "a")),
        ("json", False, "a"),
    ]
    assert [image.target for image in design.images] == ["a.png"]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Motivation", Role.motivation),
        ("Non-Goals", Role.non_goals),
        ("Design Details", Role.details),
        ("Reference-level explanation", Role.details),
        ("Source compatibility", Role.compatibility),
        ("Prior art", Role.prior_art),
        ("11. Risks and Technical Debt", Role.risks),
        ("Architectural Decisions", Role.decisions),
        ("Context and Scope", Role.overview),
        ("Version Skew Strategy", Role.compatibility),
        ("Decision Drivers", Role.motivation),
        ("Implementation History", Role.history),
    ],
)
def test_titles_of_the_wild(title, role):
    assert parse(f"# A\n\n## {title}\n").sections[1].role is role


def test_a_word_of_prose_may_name_a_component():
    design = parse("## Components\n\n### Endpoints\n- **Purpose**: answers\n\n### Glossary\n")
    assert [component.name for component in design.components] == ["Endpoints", "Glossary"]


def test_the_building_blocks_of_arc42():
    design = parse(
        "## 5. Building Block View\n\n### 5.1 Whitebox Overall System\n\ntext\n\n"
        "|Name|Responsibility|\n|---|---|\n|Shop|sells, buys|\n\n### Ledger\n\n- **Key Responsibilities**: counts\n"
    )
    assert [(one.name, one.responsibilities) for one in design.components] == [
        ("Shop", ("sells", "buys")),
        ("Ledger", ("counts",)),
    ]


def test_the_shape_of_spec_driven_work():
    titles = ["Overview", "Architecture", "Components and Interfaces", "Data Models", "Correctness Properties"]
    design = parse("# Design\n\n" + "\n\n".join(f"## {t}" for t in [*titles, "Error Handling", "Testing Strategy"]))
    assert [section.role for section in design.sections[1:]] == [
        *(Role.overview, Role.architecture, Role.components, Role.schema, Role.properties),
        *(Role.errors, Role.tests),
    ]
