"""What a test run comes to: counts, times, coverage, requirements. Printed last, and written for later reading.

Reads what `tests/plugins/requirements.py` recorded; starts nothing but coverage's own commands.
"""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from app.services.events import Action

ROOT = Path(__file__).resolve().parent.parent
LEAST_COVERAGE = 80.0
DOMAIN, LEAST_OF_DOMAIN = "app/domain/", 98.0  # of its branches alone, and of its lines


@dataclass(frozen=True)
class Level:
    name: str
    tests: list[dict]
    seconds: float
    code: int

    @classmethod
    def read(cls, name: str, record: Path, *, seconds: float, code: int) -> Self:
        """A run that wrote no record (it crashed, or was ended) counts as one failure, by its exit code."""
        tests = json.loads(record.read_text()) if record.exists() else []
        return cls(name, tests, seconds, code)

    def count(self, *outcomes: str) -> int:
        return sum(test["outcome"] in outcomes for test in self.tests)

    @property
    def failed(self) -> int:
        """Failed and unrun tests; at least one when pytest itself was not content."""
        return max(self.count("failed", "not run"), 1 if self.code != 0 else 0)


@dataclass(frozen=True)
class Covered:
    """In percent: lines and branches of all code together; for the domain branches and lines apart."""

    percent: float
    least: list[tuple[float, str]]
    branches: float
    lines: float

    @property
    def enough(self) -> bool:
        return self.percent >= LEAST_COVERAGE and min(self.branches, self.lines) >= LEAST_OF_DOMAIN


def coverage(root: Path, out: Path) -> Covered:
    """Combine what every process wrote (the server's included) and read the total."""
    env = os.environ | {"COVERAGE_FILE": str(out / ".coverage")}
    base = [sys.executable, "-m", "coverage"]
    subprocess.run([*base, "combine", "-q"], cwd=root, env=env, check=False)
    target = out / "coverage.json"
    subprocess.run([*base, "json", "-q", "-o", str(target)], cwd=root, env=env, check=False)
    if not target.exists():
        return Covered(0.0, [], 0.0, 0.0)
    return read_coverage(json.loads(target.read_text()))


def read_coverage(report: dict) -> Covered:
    files = [(entry["summary"]["percent_covered"], name) for name, entry in report["files"].items()]
    domain = [entry["summary"] for name, entry in report["files"].items() if name.startswith(DOMAIN)]
    branches = share(domain, "covered_branches", "num_branches")
    lines = share(domain, "covered_lines", "num_statements")
    return Covered(report["totals"]["percent_covered"], sorted(files)[:5], branches, lines)


def share(summaries: list[dict], some: str, every: str) -> float:
    """In percent; of nothing, nothing."""
    return 100 * sum(one[some] for one in summaries) / (sum(one[every] for one in summaries) or 1)


def requirements(path: Path = ROOT / "docs" / "requirements.tsv") -> dict[str, dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}


def proven(levels: list[Level]) -> Counter[str]:
    """How many passed tests name each requirement. Skipped and failed ones prove nothing."""
    tests = [test for level in levels for test in level.tests if test["outcome"] == "passed"]
    return Counter(name for test in tests for name in test["req"])


def show_levels(levels: list[Level]) -> None:
    total = sum(len(level.tests) for level in levels) or 1
    print(f"{'level':<13}{'tests':>7}{'share':>8}{'passed':>8}{'failed':>8}{'skipped':>9}{'time':>10}")
    for level in levels:
        share = f"{len(level.tests) / total:.0%}"
        counts = f"{level.count('passed'):>8}{level.failed:>8}{level.count('skipped'):>9}"
        print(f"{level.name:<13}{len(level.tests):>7}{share:>8}{counts}{level.seconds:>8.0f} s")


def show_slowest(levels: list[Level], how_many: int = 10) -> None:
    tests = sorted((test for level in levels for test in level.tests), key=lambda test: -test["seconds"])
    print(f"\nSlowest {how_many} tests:")
    for test in tests[:how_many]:
        print(f"{test['seconds']:>8.2f} s  {test['test']}")


def show_requirements(levels: list[Level]) -> bool:
    """Print which requirements no test proves yet; False when a test names one that does not exist."""
    known, seen = requirements(), proven(levels)
    without = [name for name in known if not seen[name]]
    critical = [name for name, row in known.items() if row["critical"]]
    print(f"\nRequirements (docs/requirements.tsv): {len(known) - len(without)} of {len(known)} proven by a test")
    print(f"Critical paths ★: {sum(bool(seen[name]) for name in critical)} of {len(critical)}")
    print("★ without a test:", " ".join(name for name in without if known[name]["critical"]) or "none")
    print("Others without a test:", " ".join(name for name in without if not known[name]["critical"]) or "none")
    named = {name for level in levels for test in level.tests for name in test["req"]}
    if unknown := sorted(named - set(known)):
        print("Named by a test, but unknown:", " ".join(unknown))
    return not unknown


def show_audit(levels: list[Level]) -> bool:
    """Print which actions left no row in the audit in any passed test; False when there is one."""
    told = [
        test["audited"] for level in levels for test in level.tests if test["outcome"] == "passed" and "audited" in test
    ]
    if not told:
        return True
    seen = {action for one in told for action in one}
    without = [action.value for action in Action if action not in seen]
    print(f"Audit: {len(Action) - len(without)} of {len(Action)} actions leave their row in a test")
    print("Without one:", " ".join(without) or "none")
    return not without


def show_coverage(covered: Covered) -> bool:
    print(f"\nCoverage of the whole, server process included: {covered.percent:.1f} % (least {LEAST_COVERAGE:.0f} %)")
    print("Least covered:", ", ".join(f"{name} {percent:.0f} %" for percent, name in covered.least) or "nothing read")
    limit = f"least {LEAST_OF_DOMAIN:.0f} % of each"
    print(f"Of {DOMAIN}: branches {covered.branches:.1f} %, lines {covered.lines:.1f} % ({limit})")
    return covered.enough


def show(levels: list[Level], covered: Covered, waited: float, seconds: float) -> int:
    """Print the whole; the last line is the count. Returns the exit code."""
    print("\n== summary")
    show_levels(levels)
    print(f"waited for the frontend's build {waited:.0f} s, in all {seconds:.0f} s")
    show_slowest(levels)
    content = [
        show_requirements(levels),
        show_coverage(covered),
        show_audit(levels),
        *(level.tests for level in levels),
    ]
    failed = sum(level.failed for level in levels)
    if failed or not all(content):
        print("\nNot content: " + "; ".join(reasons(levels, content)))
    return closing(levels, ok=failed == 0 and all(content))


def reasons(levels: list[Level], content: list) -> list[str]:
    found = [f"{level.failed} failed in {level.name}" for level in levels if level.failed]
    found += [f"no tests in {level.name}" for level in levels if not level.tests]
    found += [] if content[0] else ["unknown requirement ids"]
    found += [] if content[1] else ["too little is covered"]
    return found + ([] if content[2] else ["actions without a row in the audit"])


def show_one(level: Level) -> int:
    print()
    show_slowest([level], 5)
    return closing([level], ok=level.failed == 0)


def closing(levels: list[Level], *, ok: bool) -> int:
    passed = sum(level.count("passed") for level in levels)
    print(f"\n{passed} passed, {sum(level.failed for level in levels)} failed", flush=True)
    return 0 if ok else 1
