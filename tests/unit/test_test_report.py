"""The verdict of a run: what counts as failed, as proven, and as enough."""

import json

import pytest

from app.services.events import Action
from scripts import test_report
from scripts.test_report import Covered, Level


def ran(name: str, outcome: str = "passed", *ids: str) -> dict:
    return {"test": name, "outcome": outcome, "seconds": 1.0, "req": list(ids)}


ENOUGH = Covered(91.0, [], 98.4, 99.1)


def verdict(*levels: Level, covered: Covered = ENOUGH) -> int:
    return test_report.show(list(levels), covered, 0.0, 1.0)


def test_a_whole_run_ends_with_its_count(capsys):
    code = verdict(Level("unit", [ran("a"), ran("b")], 1.0, 0), Level("e2e", [ran("c")], 1.0, 0))
    assert code == 0
    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 0 failed"


@pytest.mark.parametrize(
    ("levels", "covered"),
    [
        ([Level("unit", [ran("a", "failed")], 1.0, 1)], ENOUGH),
        ([Level("unit", [ran("a", "not run")], 1.0, 0)], ENOUGH),
        ([Level("unit", [ran("a")], 1.0, 3)], ENOUGH),
        ([Level("unit", [ran("a")], 1.0, 0), Level("e2e", [], 1.0, 0)], ENOUGH),
        ([Level("unit", [ran("a", "passed", "NOPE-01")], 1.0, 0)], ENOUGH),
        ([Level("unit", [ran("a")], 1.0, 0)], Covered(79.9, [], 98.4, 99.1)),
        ([Level("unit", [ran("a")], 1.0, 0)], Covered(91.0, [], 97.9, 99.1)),
        ([Level("unit", [ran("a")], 1.0, 0)], Covered(91.0, [], 98.4, 97.9)),
    ],
    ids=["failure", "unrun", "crash", "empty level", "unknown id", "coverage", "branches", "lines"],
)
def test_a_run_with_a_flaw_fails(levels, covered):
    assert verdict(*levels, covered=covered) == 1


def test_each_action_needs_a_row_in_the_audit_once_rows_are_told(capsys):
    every = {"audited": [action.value for action in Action]}
    assert verdict(Level("integration", [ran("a") | every], 1.0, 0)) == 0
    missing = {"audited": every["audited"][1:]}
    failed = ran("b", "failed") | {"audited": every["audited"][:1]}
    assert verdict(Level("integration", [ran("a") | missing], 1.0, 0)) == 1
    assert f"Without one: {every['audited'][0]}" in capsys.readouterr().out
    assert verdict(Level("integration", [ran("a") | missing, failed], 1.0, 0)) == 1


def test_the_domain_counts_apart_by_branches_and_by_lines():
    def entry(lines: int, branches: int) -> dict:
        summary = {"percent_covered": 50.0, "covered_lines": lines, "num_statements": 10}
        return {"summary": summary | {"covered_branches": branches, "num_branches": 4}}

    files = {"app/domain/a.py": entry(10, 3), "app/domain/b.py": entry(9, 4), "app/cli.py": entry(0, 0)}
    covered = test_report.read_coverage({"files": files, "totals": {"percent_covered": 60.0}})
    assert (covered.branches, covered.lines) == (87.5, 95.0)


def test_a_run_without_a_record_is_one_failure(tmp_path):
    assert Level.read("unit", tmp_path / "none.json", seconds=1.0, code=2).failed == 1


def test_only_passed_tests_prove_a_requirement(tmp_path):
    record = tmp_path / "unit.json"
    record.write_text(json.dumps([ran("a", "skipped", "DUR-05"), ran("b", "passed", "DUR-07")]))
    level = Level.read("unit", record, seconds=1.0, code=0)
    assert test_report.proven([level]) == {"DUR-07": 1}


def test_the_requirements_are_complete_and_tell_their_level():
    known = test_report.requirements()
    assert len(known) == 125
    assert {row["level"] for row in known.values()} <= {"unit", "integration", "e2e", "long"}
    assert all(row["requirement"].endswith(".") for row in known.values())
