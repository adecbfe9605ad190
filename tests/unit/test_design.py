"""docs/design.md against the code it speaks of: components and imports, endpoints, tables, errors, metrics, limits.

Read through our own parser, so that whatever the parser does not understand is missing here as well.
"""

import ast
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects import postgresql

import app.api
import app.pages
from app.api import server
from app.core import errors
from app.core.errors import CODES
from app.core.registry import modules_of
from app.core.settings import Environment
from app.domain.lint.engine import check
from app.domain.model import name_key
from app.domain.parse import parse
from app.domain.permissions import Permission
from app.domain.report import Verdict, report
from app.gateway.pages import pages_in
from models import Table
from scripts import test_report

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "app" / "domain" / "templates" / "design-document.md"
ENDPOINT = re.compile(r"(?P<method>[A-Z]+) (?P<path>/\S*) → (?P<answers>.+)")


@pytest.fixture(scope="module")
def design():
    return parse((ROOT / "docs" / "design.md").read_text(encoding="utf-8"))


def test_nothing_is_found_and_everything_is_understood(design):
    assert check(design) == []
    assert [row.title for row in report(design) if row.verdict is Verdict.not_understood] == []


def test_it_has_every_section_of_the_template(design):
    template = parse(TEMPLATE.read_text(encoding="utf-8"))
    assert {section.role for section in template.sections} <= {section.role for section in design.sections}


def owner(design, module):
    """The component whose code the module is: the longest of the names that it begins with."""
    names = [
        (len(code), component.name)
        for component in design.components
        for code in component.code
        if module == code or module.startswith(f"{code}.")
    ]
    return max(names)[1] if names else ""


def source_files():
    for room in ("app", "components", "models", "state"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path):
    """Every name that the file imports, lazily or not, as `module.name`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_dependencies_of_components_are_the_imports_of_their_code(design):
    found = defaultdict(set)
    for path, module in source_files():
        assert owner(design, module) or module == "app", f"{module} is the code of no component"
        found[owner(design, module)] |= {owner(design, name) for name in imported(path)}
    external = {item.key for item in design.externals}
    for component in design.components:
        named = {reference.name for reference in component.dependencies if reference.key not in external}
        assert named == found[component.name] - {component.name, ""}, f"dependencies of {component.name}"


def test_layers_are_those_of_the_import_contract(design):
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    wanted = next(one["layers"] for one in contract["contracts"] if one["id"] == "layers")
    text = design.text.split("### Layers")[1].split("###")[0]
    rows = re.findall(r"^\d+\. (\w+): (.+)$", text, re.MULTILINE)
    assert [" | ".join(re.findall(r"`([\w.]+)`", code)) for _, code in rows] == wanted
    modules = {name: re.findall(r"`([\w.]+)`", code) for name, code in rows}
    for component in design.components:
        places = modules[component.layer]
        assert all(any(f"{code}.".startswith(f"{place}.") for place in places) for code in component.code)


def endpoints(design, name):
    """Of one component, as (method, path) and what it answers: statuses, each with its codes."""
    component = next(one for one in design.components if one.name == name)
    matches = [ENDPOINT.fullmatch(line) for line in component.interfaces]
    return {(match["method"], match["path"]): match["answers"].split(", ") for match in matches if match}


def routes():
    return [route for module in modules_of(app.api) for route in getattr(getattr(module, "router", None), "routes", [])]


def test_endpoints_are_those_of_the_api(design):
    wanted = {(method, route.path): route.status_code or 200 for route in routes() for method in route.methods}
    wanted["GET", "/openapi.json"] = 200
    assert {place: int(answers[0]) for place, answers in endpoints(design, "API").items()} == wanted


def test_codes_at_an_endpoint_are_those_that_its_route_declares(design):
    """A row names the codes of its route itself, and may name those that the gateway answers for all."""
    application = server.application()
    described = application.openapi()["paths"]
    for (method, path), answers in endpoints(design, "API").items():
        if method.lower() not in described.get(path, {}):
            continue
        named = {answer.partition(" ")[2] for answer in answers[1:]}
        own = next(
            route.responses for route in routes() if (method, path) in {(one, route.path) for one in route.methods}
        )
        assert named >= set(examples(own)), f"{method} {path}"
        assert named <= set(examples(described[path][method.lower()]["responses"])), f"{method} {path}"


def examples(responses):
    for answer in responses.values():
        yield from answer.get("content", {}).get("application/json", {}).get("examples", {})


def test_every_operation_says_what_it_does():
    described = server.application().openapi()
    operations = [one for methods in described["paths"].values() for one in methods.values()]
    assert described["openapi"].startswith("3.1")
    assert len({one["operationId"] for one in operations}) == len(operations)
    for one in operations:
        assert " " in one["summary"], one["operationId"]
        assert one["summary"] != one["operationId"].partition("_")[2].replace("_", " ").title()
    assert all(tag["description"] for tag in described["tags"])


def test_pages_are_those_that_are_served(design):
    wanted = {("GET", page.template) for page in pages_in(app.pages) if page.route != "404"}
    assert set(endpoints(design, "Pages")) == wanted


@pytest.mark.req("ERR-09")
def test_errors_are_those_of_the_code(design):
    assert {error.name: error.status for error in design.errors} == CODES
    answers = [one for name in ("API", "Pages") for answers in endpoints(design, name).values() for one in answers[1:]]
    assert {"404 NOT_FOUND", "412 REVISION_CONFLICT"} <= set(answers)
    for status, _, code in (answer.partition(" ") for answer in answers):
        assert not code or CODES[code] == int(status)


def test_only_errors_that_nothing_raises_yet_are_planned(design):
    sources = [path.read_text(encoding="utf-8") for path, module in source_files() if module != "app.core.errors"]
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.AppError)]
    words = {code: {f'"{code}"', *(f"{kind.__name__}(" for kind in classes if kind.code == code)} for code in CODES}
    raised = {code for code in CODES if any(word in source for word in words[code] for source in sources)}
    assert {error.name for error in design.errors if "(planned)" not in error.meaning} == raised


def test_tables_and_columns_are_those_of_the_models(design):
    wanted = {
        table.name: [
            (
                column.name,
                str(column.type.compile(dialect=postgresql.dialect())),
                column.primary_key,
                column.nullable,
                any(set(key.columns) == {column} for key in table.constraints if isinstance(key, UniqueConstraint)),
                ", ".join(key.target_fullname for key in column.foreign_keys),
            )
            for column in table.columns
        ]
        for table in Table.metadata.tables.values()
    }
    assert wanted == {
        table.name: [(c.name, c.type, c.primary_key, c.nullable, c.unique, c.references) for c in table.columns]
        for table in design.tables
    }


def test_indexes_are_those_of_the_models(design):
    wanted = {}
    for table in Table.metadata.tables.values():
        keys = [key for key in table.constraints if isinstance(key, UniqueConstraint) and len(key.columns) > 1]
        for index in [*table.indexes, *keys]:
            wanted[str(index.name)] = (table.name, tuple(column.name for column in index.columns))
    assert {index.name: (index.table, index.columns) for index in design.indexes} == wanted


def test_metrics_and_permissions_are_named_as_in_the_code(design):
    source = (ROOT / "app" / "gateway" / "metrics.py").read_text(encoding="utf-8")
    measured = set(re.findall(r'\((?:\s*)"(plumbline_\w+)"', source))
    assert measured == set(re.findall(r"`(plumbline_\w+)`", design.text))
    assert {f"`{permission}`" for permission in Permission} == set(re.findall(r"`\w+:\w+`", design.text))


def test_targets_can_be_measured_and_held_to(design):
    assert all(target.value is not None and target.comparator for target in design.targets)
    metrics = [target.metric for target in design.targets]
    assert len(set(metrics)) == len(metrics)
    least = next(target for target in design.targets if target.label == "Code coverage")
    assert (least.comparator, least.value) == (">=", test_report.LEAST_COVERAGE)


def test_environments_and_the_way_to_production(design):
    assert [environment.name.lower() for environment in design.environments] == list(Environment)
    names = [stage.name for stage in design.stages]
    manual = next(stage.name for stage in design.stages if stage.manual)
    deploys = {name_key(stage.deploys_to): stage.name for stage in design.stages if stage.deploys_to}
    assert names.index(deploys["staging"]) < names.index(manual) < names.index(deploys["production"])
