"""Coverage as Cobertura's XML, which coverage.py, gcovr, coverlet and others write. Lines are counted one by one."""

import re
from collections.abc import Mapping

from app.domain.evidence.coverage import Coverage
from app.domain.evidence.format import XmlFormat
from app.domain.evidence.kind import Kind

_BRANCHES = re.compile(r"\((\d{1,6})/(\d{1,6})\)")


class _Watcher:
    """Lines of methods stand a second time among those of their class."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.lines = self.lines_covered = self.branches = self.branches_covered = 0
        self.in_methods = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "methods":
            self.in_methods += 1
        elif name == "class":
            self.files.add(attributes.get("filename", "")[:400])
        elif name == "line" and not self.in_methods:
            self._line(attributes)

    def end(self, name: str) -> None:
        if name == "methods":
            self.in_methods -= 1

    def _line(self, attributes: Mapping[str, str]) -> None:
        self.lines += 1
        self.lines_covered += attributes.get("hits", "").strip("0") != ""
        said = _BRANCHES.search(attributes.get("condition-coverage", "")[:100])
        if said:
            self.branches += int(said[2])
            self.branches_covered += min(int(said[1]), int(said[2]))

    def summary(self) -> Coverage:
        return Coverage(len(self.files), self.lines, self.lines_covered, self.branches, self.branches_covered)


FORMAT = XmlFormat(Kind.coverage, "Cobertura", frozenset({"coverage"}), _Watcher)
