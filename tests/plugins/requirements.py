"""A pytest plugin that writes down what ran: each test's outcome, time, the requirement ids that it proves, and
the actions that it left in the audit.

Tests may run in several processes: each sends its ids along with its reports, and the one that started them writes.

`scripts/test.py` loads it with `-p` and adds the levels up. It judges nothing; it only records.
"""

import json
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", metavar="FILE", help="write outcomes, times and requirement ids as JSON")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Sender(), "requirement-sender")
    target = config.getoption("--record")
    if target and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(Path(target)), "outcome-recorder")


class Sender:
    """Puts a test's requirement ids where its reports carry them to whoever started it."""

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        ids = sorted({name for mark in item.iter_markers("req") for name in mark.args})
        item.user_properties.append(("req", ids))


class Recorder:
    def __init__(self, target: Path) -> None:
        self.target = target
        self.tests: dict[str, dict] = {}

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        self._entry(item.nodeid)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        for item in items:
            self.tests.pop(item.nodeid, None)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Sum set-up, call and tear-down; the worst of the three is the outcome."""
        entry = self._entry(report.nodeid)
        said = dict(report.user_properties)
        entry["req"] = said.get("req", [])
        if "audited" in said:
            entry["audited"] = said["audited"]
        entry["seconds"] = round(entry["seconds"] + report.duration, 3)
        if report.failed:
            entry["outcome"] = "failed"
        elif report.skipped and entry["outcome"] != "failed":
            entry["outcome"] = "skipped"
        elif report.when == "call" and entry["outcome"] == "not run":
            entry["outcome"] = "passed"

    def _entry(self, name: str) -> dict:
        return self.tests.setdefault(name, {"test": name, "outcome": "not run", "seconds": 0.0, "req": []})

    def pytest_sessionfinish(self) -> None:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self.target.write_text(json.dumps(list(self.tests.values()), indent=1))
