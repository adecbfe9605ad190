"""What kinds of evidence there are, and what every reading of one comes to."""

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a file tells of. They are stored: rename none."""

    tests = "tests"
    coverage = "coverage"
    endpoints = "endpoints"
    imports = "imports"
    metrics = "metrics"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.tests: "Test results",
    Kind.coverage: "Coverage",
    Kind.endpoints: "Endpoints",
    Kind.imports: "Imports",
    Kind.metrics: "Measurements",
}


class Unreadable(Exception):
    """Nothing is read out of the file; the message says why, for who sent it."""


class Unknown(Unreadable):
    """It is none of the kinds."""


@dataclass(frozen=True)
class Summary(ABC):
    """A few facts of a file: counts and short texts, which JSON and both databases can hold."""

    @property
    @abstractmethod
    def words(self) -> str:
        """All of it in one short line."""

    @property
    def facts(self) -> dict[str, Any]:
        return asdict(self)


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def shown(text: object, most: int = 120) -> str:
    """A text of the file, made harmless to store and show: no control and no half characters, and not too long."""
    words = "".join(one if one.isprintable() else " " for one in text[: 4 * most]) if isinstance(text, str) else ""
    return " ".join(words.split())[:most]
