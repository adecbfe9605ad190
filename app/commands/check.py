"""`plumbline check`: the findings of files, one line each, for people and for editors."""

from collections.abc import Sequence
from pathlib import Path

import typer

from app.commands.reading import Unreadable, read
from app.domain.health import Severity, health_of
from app.domain.lint.engine import check
from app.domain.parse import parse

FINE, ERRORS, UNREADABLE = 0, 1, 2


def run(files: Sequence[Path]) -> int:
    """Prints the findings, and ends with one line that counts them; the exit code."""
    severities: list[Severity] = []
    unreadable = 0
    for path in files:
        try:
            text = read(path)
        except Unreadable as error:
            typer.echo(str(error), err=True)
            unreadable += 1
            continue
        for finding in check(parse(text)):
            start = finding.span.start
            place = f"{path}:{start.line + 1}:{start.column + 1}"
            typer.echo(f"{place}: {finding.severity} {finding.rule} {finding.message}")
            severities.append(finding.severity)
    health = health_of(severities)
    count = f"{len(files)} file" if len(files) == 1 else f"{len(files)} files"
    typer.echo(f"{count}: {health.errors} errors, {health.warnings} warnings")
    if unreadable:
        return UNREADABLE
    return ERRORS if health.errors else FINE
