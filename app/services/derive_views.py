"""What programs ask of one text, as JSON or as the text of a file. Runs in worker processes, so it imports the domain
and nothing else.
"""

import json
from typing import Any

from app.domain.diagrams.draw import Diagram, Notation, draw
from app.domain.health import health_of
from app.domain.lint.engine import check
from app.domain.lint.rule import Finding
from app.domain.parse import parse
from app.domain.plain import plain


def findings(text: str) -> str:
    """Counts and findings in the order of the text; lines and columns from 1."""
    found = check(parse(text))
    health = health_of(finding.severity for finding in found)
    told = {
        "health": health.state.value,
        "errors": health.errors,
        "warnings": health.warnings,
        "items": [_finding(finding) for finding in found],
    }
    return json.dumps(told, ensure_ascii=False)


def model(text: str) -> str:
    """All that was understood, with the places where it stands; positions count from 0."""
    return json.dumps(plain(parse(text)), ensure_ascii=False)


def drawing(text: str, diagram: str, notation: str) -> str:
    """The text of a file; raises `CannotDraw`."""
    return draw(parse(text), Diagram(diagram), Notation(notation))


def _finding(finding: Finding) -> dict[str, Any]:
    start, end = finding.span.start, finding.span.end
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "line": start.line + 1,
        "column": start.column + 1,
        "end_line": end.line + 1,
        "end_column": end.column + 1,
        "element_id": finding.element_id,
    }
