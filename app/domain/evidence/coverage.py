"""What a coverage report comes to, whoever wrote it."""

from dataclasses import dataclass

from app.domain.evidence.kind import Summary, counted


@dataclass(frozen=True)
class Coverage(Summary):
    """Branches are 0 of 0 where none were measured."""

    files: int
    lines: int
    lines_covered: int
    branches: int
    branches_covered: int

    @property
    def words(self) -> str:
        said = [f"{_percent(self.lines_covered, self.lines)} of {counted(self.lines, 'line')}"]
        if self.branches:
            said.append(
                f"{_percent(self.branches_covered, self.branches)} of {counted(self.branches, 'branch', 'branches')}"
            )
        return ", ".join([*said, f"in {counted(self.files, 'file')}"])


def _percent(part: int, whole: int) -> str:
    """Never rounded up to all of it."""
    return f"{part * 1000 // whole / 10:g} %" if whole else "0 %"
