"""Coverage as `coverage json` writes it."""

from typing import Any

from app.domain.evidence.coverage import Coverage
from app.domain.evidence.format import Json, JsonFormat
from app.domain.evidence.kind import Kind, Unreadable


def _fits(value: Json) -> bool:
    return all(isinstance(value.get(name), dict) for name in ("meta", "files", "totals"))


def _read(value: Json) -> Coverage:
    totals = value["totals"]
    names = ("num_statements", "covered_lines", "num_branches", "covered_branches")
    lines, covered, branches, branches_covered = (_number(totals.get(name, 0)) for name in names)
    if covered > lines or branches_covered > branches:
        raise Unreadable("Its totals say that more is covered than there is.")
    return Coverage(len(value["files"]), lines, covered, branches, branches_covered)


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 10**12:
        raise Unreadable("Its totals are no numbers.")
    return value


FORMAT = JsonFormat(Kind.coverage, "coverage.py", _fits, _read)
