"""Test results as JUnit's XML, which most test runners can write. Counted one by one: totals in it may be wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.evidence.format import XmlFormat
from app.domain.evidence.kind import Kind, Summary, counted

_OUTCOMES = ("error", "failure", "skipped")


@dataclass(frozen=True)
class TestResults(Summary):
    tests: int
    failed: int
    errors: int
    skipped: int

    @property
    def words(self) -> str:
        others = ((self.failed, "failed"), (self.errors, "with errors"), (self.skipped, "skipped"))
        return ", ".join([counted(self.tests, "test"), *(f"{number:,} {word}" for number, word in others if number)])


class _Watcher:
    """A test counts once, by the worst that is said of it."""

    def __init__(self) -> None:
        self.tests = 0
        self.ended = dict.fromkeys(_OUTCOMES, 0)
        self.said: set[str] | None = None

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "testcase":
            self.tests += 1
            self.said = set()
        elif self.said is not None and name in _OUTCOMES:
            self.said.add(name)

    def end(self, name: str) -> None:
        if name == "testcase" and self.said is not None:
            worst = next((one for one in _OUTCOMES if one in self.said), None)
            if worst:
                self.ended[worst] += 1
            self.said = None

    def summary(self) -> TestResults:
        ended = self.ended
        return TestResults(self.tests, ended["failure"], ended["error"], ended["skipped"])


FORMAT = XmlFormat(Kind.tests, "JUnit", frozenset({"testsuites", "testsuite"}), _Watcher)
