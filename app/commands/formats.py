"""What `check` prints: lines for people and editors, JSON, SARIF for code scanning, annotations for GitHub."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.domain.health import Severity, health_of
from app.domain.lint.engine import all_rules
from app.domain.lint.rule import Finding, Rule

_SARIF_LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.info: "note"}
_GITHUB_LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.info: "notice"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: its findings and how many were fixed, or why it could not be read."""

    path: Path
    findings: tuple[Finding, ...] = ()
    fixed: int = 0
    problem: str = ""


def summary(checked: Sequence[Checked]) -> str:
    health = health_of(finding.severity for one in checked for finding in one.findings)
    count = f"{len(checked)} file" if len(checked) == 1 else f"{len(checked)} files"
    fixes = sum(one.fixed for one in checked)
    return f"{count}: {health.errors} errors, {health.warnings} warnings" + (f", {fixes} fixed" if fixes else "")


def as_text(checked: Sequence[Checked]) -> Iterator[str]:
    for path, finding in _each(checked):
        start = finding.span.start
        yield f"{path}:{start.line + 1}:{start.column + 1}: {finding.severity} {finding.rule} {finding.message}"
    yield summary(checked)


def as_github(checked: Sequence[Checked]) -> Iterator[str]:
    for path, finding in _each(checked):
        start, end = finding.span.start, finding.span.end
        place = f"file={_property(str(path))},line={start.line + 1},endLine={end.line + 1}"
        if start.line == end.line:
            place += f",col={start.column + 1},endColumn={end.column + 1}"
        yield f"::{_GITHUB_LEVELS[finding.severity]} {place},title={finding.rule}::{_data(finding.message)}"
    yield summary(checked)


def as_json(checked: Sequence[Checked]) -> Iterator[str]:
    health = health_of(finding.severity for _, finding in _each(checked))
    report = {
        "files": len(checked),
        "errors": health.errors,
        "warnings": health.warnings,
        "findings": [_fact(path, finding) for path, finding in _each(checked)],
        "unreadable": [{"file": str(one.path), "message": one.problem} for one in checked if one.problem],
    }
    yield json.dumps(report, ensure_ascii=False, indent=2)


def as_sarif(checked: Sequence[Checked]) -> Iterator[str]:
    driver = {
        "name": "plumbline",
        "version": version("plumbline"),
        "rules": [_sarif_rule(rule) for rule in all_rules()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not any(one.problem for one in checked)}],
        "results": [_sarif_result(path, finding) for path, finding in _each(checked)],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    yield json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Sequence[Checked]], Iterator[str]]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}


def _each(checked: Sequence[Checked]) -> Iterator[tuple[Path, Finding]]:
    for one in checked:
        for finding in one.findings:
            yield one.path, finding


def _fact(path: Path, finding: Finding) -> dict[str, Any]:
    start, end = finding.span.start, finding.span.end
    return {
        "file": str(path),
        "line": start.line + 1,
        "column": start.column + 1,
        "end_line": end.line + 1,
        "end_column": end.column + 1,
        "severity": finding.severity,
        "rule": finding.rule,
        "message": finding.message,
    }


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "name": rule.code,
        "shortDescription": {"text": rule.summary()},
        "fullDescription": {"text": rule.why()},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
    }


def _sarif_result(path: Path, finding: Finding) -> dict[str, Any]:
    start, end = finding.span.start, finding.span.end
    region = {
        "startLine": start.line + 1,
        "startColumn": start.column + 1,
        "endLine": end.line + 1,
        "endColumn": end.column + 1,
    }
    place = {"artifactLocation": {"uri": quote(path.as_posix())}, "region": region}
    return {
        "ruleId": finding.rule,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
