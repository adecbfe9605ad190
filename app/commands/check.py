"""`plumbline check`: the findings of files and folders, for people, editors and machines."""

import argparse
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import typer

from app.commands import configuration, gathering, reading
from app.commands.configuration import BadConfiguration
from app.commands.formats import FORMATS, Checked
from app.commands.reading import Unreadable, template
from app.commands.writing import replace_text
from app.domain.health import Severity
from app.domain.lint.engine import all_rules, check
from app.domain.lint.fixing import fixed
from app.domain.lint.policy import Level, Policy
from app.domain.parse import parse

FINE, ERRORS, UNREADABLE = 0, 1, 2
# Starting a second process costs about as much as checking this much text.
_WORTH_A_PROCESS = 400_000


@dataclass(frozen=True, slots=True)
class _Job:
    """How to check, in a form that another process can be given."""

    levels: Mapping[str, Level] = field(default_factory=dict)
    template: str | None = None  # its text
    fix: bool = False


def run(arguments: Sequence[str]) -> int:
    """Prints what is asked for; the exit code."""
    options = _options().parse_args(arguments)
    try:
        found = configuration.find(Path.cwd(), [rule.name for rule in all_rules()])
        job = _job(options, found)
    except (BadConfiguration, Unreadable) as error:
        typer.echo(str(error), err=True)
        return UNREADABLE
    files = gathering.files(options.files, found.exclude)
    checked = _check_all(files, job)
    for one in checked:
        if one.problem:
            typer.echo(one.problem, err=True)
    typer.echo("\n".join(FORMATS[options.format](checked)))
    if any(one.problem for one in checked):
        return UNREADABLE
    return ERRORS if any(f.severity is Severity.error for one in checked for f in one.findings) else FINE


def _options() -> argparse.ArgumentParser:
    """Not typer's: its conversion of values costs more time than checking a document."""
    parser = argparse.ArgumentParser(
        prog="plumbline check",
        description="Check design documents. Ends with 1 when there are errors, with 2 when something cannot be read.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="Markdown files, or folders of them")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="what to print (default: text)")
    parser.add_argument("--template", default="", metavar="NAME|FILE", help="what the documents are made from")
    parser.add_argument(
        "--severity", action="append", default=[], metavar="RULE=LEVEL", help="off, info, warning or error; repeatable"
    )
    parser.add_argument("--fix", action="store_true", help="correct what has one right answer, in the files")
    return parser


def _job(options: argparse.Namespace, found: configuration.Configuration) -> _Job:
    pairs = [(name.strip(), level.strip()) for name, _, level in (one.partition("=") for one in options.severity)]
    levels = configuration.levels(pairs, [rule.name for rule in all_rules()], "--severity")
    name = options.template or found.template
    return _Job(Policy(found.rules).over(levels).levels, template(name) if name else None, options.fix)


def _check_all(files: Sequence[Path], job: _Job) -> list[Checked]:
    """In the order of the files; with a process for each core where there is enough to do."""
    sizes = 0
    for path in files:
        with suppress(OSError):
            sizes += path.stat().st_size
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    worth = min(cores, len(files), sizes // _WORTH_A_PROCESS)
    if worth < 2:
        worker = _Worker(job)
        return [worker(path) for path in files]
    with ProcessPoolExecutor(worth, initializer=_prepare, initargs=(job,)) as pool:
        return list(pool.map(_check_one, files, chunksize=max(1, min(16, len(files) // (4 * worth)))))


class _Worker:
    """Checks one file after the other; the template is parsed once."""

    def __init__(self, job: _Job) -> None:
        self._fix, self._template = job.fix, job.template
        self._policy = Policy(job.levels, parse(job.template) if job.template is not None else None)

    def __call__(self, path: Path) -> Checked:
        try:
            design = reading.design(path, self._template)
            changed = 0
            if self._fix:
                outcome = fixed(design, self._policy)
                changed = outcome.count
                if changed:
                    replace_text(path, outcome.text)
                    design = reading.design(path, self._template, outcome.text)
        except Unreadable as error:
            return Checked(path, problem=str(error))
        return Checked(path, tuple(check(design, self._policy)), changed)


_workers: list[_Worker] = []  # of a process of the pool: one


def _prepare(job: _Job) -> None:
    _workers[:] = [_Worker(job)]


def _check_one(path: Path) -> Checked:
    return _workers[0](path)
