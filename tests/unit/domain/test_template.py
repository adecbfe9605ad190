"""The built-in template read as a model: what the specification promises of it, element by element."""

from pathlib import Path

import pytest

import app.domain
from app.domain.model import StepKind
from app.domain.parse import parse
from app.domain.roles import Role
from app.domain.status import Status

TEMPLATE = Path(app.domain.__file__).parent / "templates" / "design-document.md"


@pytest.fixture(scope="module")
def design():
    return parse(TEMPLATE.read_text(encoding="utf-8"))


def test_every_section_but_the_title_and_the_examples_has_its_role(design):
    assert [(section.title, section.role) for section in design.sections] == [
        ("Design Document", None),
        ("Architecture Overview", Role.overview),
        ("System Architecture", Role.architecture),
        ("Design Principles", Role.principles),
        ("Component Design", Role.components),
        ("Core Components", Role.components),
        ("Component 1", None),
        ("Component 2", None),
        ("Data Flow", Role.flows),
        ("Request Flow", Role.flows),
        ("Database Design", Role.schema),
        ("Schema Design", Role.schema),
        ("Indexing Strategy", Role.indexes),
        ("Migration Strategy", Role.migrations),
        ("Security Design", Role.security),
        ("Authentication", Role.authentication),
        ("Authorization", Role.authorization),
        ("Error Handling", Role.errors),
        ("Error Categories", Role.errors),
        ("Error Response Format", Role.error_format),
        ("Performance Considerations", Role.performance),
        ("Caching Strategy", Role.caching),
        ("Optimization", Role.optimization),
        ("Testing Strategy", Role.tests),
        ("Test Pyramid", Role.test_pyramid),
        ("Test Coverage Goals", Role.coverage),
        ("Deployment Design", Role.deployment),
        ("Environment Strategy", Role.environments),
        ("CI/CD Pipeline", Role.pipeline),
        ("Monitoring & Logging", Role.operations),
        ("Metrics", Role.metrics),
        ("Logging Strategy", Role.logging),
    ]


def test_two_components_with_four_fields_each(design):
    assert [component.name for component in design.components] == ["Component 1", "Component 2"]
    wanted = {"purpose", "responsibilities", "dependencies", "interfaces"}
    assert all(set(component.labels) == wanted for component in design.components)


def test_one_flow_that_returns(design):
    (flow,) = design.flows
    calls = [(step.source, step.target) for step in flow.steps if step.kind is StepKind.call]
    assert flow.name == "Request Flow"
    assert calls == [
        ("User request", "API Gateway"),
        ("API Gateway", "Service Layer"),
        ("Service Layer", "Data Layer"),
        ("Data Layer", "Database"),
    ]
    assert flow.steps[-1].kind is StepKind.answer


def test_environments_and_a_pipeline_with_one_manual_gate(design):
    assert [environment.name for environment in design.environments] == ["Development", "Staging", "Production"]
    assert len(design.stages) == 6
    assert [stage.name for stage in design.stages if stage.manual] == ["Manual approval"]
    assert [stage.deploys_to for stage in design.stages if stage.deploys_to] == ["staging", "production"]


def test_five_errors_with_statuses_and_a_readable_format(design):
    assert [error.status for error in design.errors] == [400, 401, 403, 404, 500]
    assert [example.problem for example in design.error_formats] == [""]


def test_pyramid_and_coverage_targets_and_one_goal_without_a_number(design):
    pyramid = [target.value for target in design.targets if target.role is Role.test_pyramid]
    coverage = [(target.comparator, target.value) for target in design.targets if target.role is Role.coverage]
    assert pyramid == [70, 20, 10]
    assert coverage == [(">", 80), ("=", 100), ("", None)]


def test_every_placeholder(design):
    assert [placeholder.text for placeholder in design.placeholders] == [
        "[Add architecture diagram or description]",
        *["[Description]", "[List]", "[List]", "[List]"] * 2,
        "[Add schema diagram or tables]",
        "[Purpose]",
        "[Purpose]",
        "$(date +%Y-%m-%d)",
    ]


def test_the_fields_behind_the_closing_rule(design):
    assert design.status is Status.draft
    assert [field.label for field in design.fields] == ["Status", "Last Updated"]


def test_what_is_measured_and_logged(design):
    assert [metric.name for metric in design.metrics] == [
        *("Response times", "Error rates"),
        *("Resource utilization", "User activity"),
    ]
    assert [level.name for level in design.log_levels] == ["DEBUG", "INFO", "WARN", "ERROR"]


def test_the_template_finds_itself_unfilled(design):
    text = TEMPLATE.read_text(encoding="utf-8")
    assert {one.text for one in parse(text, text).placeholders} == {one.text for one in design.placeholders}


def test_ids_stay_when_the_order_changes():
    text = TEMPLATE.read_text(encoding="utf-8")
    before = parse(text)
    first, second = text.index("#### Component 1"), text.index("#### Component 2")
    end = text.index("## 3. Data Flow")
    after = parse(text[:first] + text[second:end] + "\n" + text[first:second] + text[end:])
    assert [one.id for one in after.components] == [one.id for one in before.components][::-1]
    assert {one.id for one in after.errors} == {one.id for one in before.errors}
