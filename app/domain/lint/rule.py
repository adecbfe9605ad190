"""What a rule is, what it finds, and how its docstring is laid out."""

import inspect
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from app.domain.health import Severity
from app.domain.model import Design
from app.domain.text import Span

_PART = re.compile(r"^(Why|Bad|Good):[ \t]*(.*?)(?=^(?:Why|Bad|Good):|\Z)", re.MULTILINE | re.DOTALL)


# What a rule looks at, by the hundred of its code.
_SUBJECTS = {
    "1": "the document",
    "2": "components",
    "3": "flows",
    "4": "schema",
    "5": "errors and endpoints",
    "6": "access",
    "7": "targets",
    "8": "delivery",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at `span` becomes `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found. `element_id` names the section or element that it is about, where there is one."""

    rule: str
    severity: Severity
    message: str
    span: Span
    element_id: str = ""

    @property
    def line(self) -> int:
        """From 1."""
        return self.span.first_line


class Rule(ABC):
    """One check. Its docstring is its manual page: a sentence, `Why:`, `Bad:` and `Good:` with indented examples."""

    code: ClassVar[str]
    name: ClassVar[str]  # the file's name with hyphens
    severity: ClassVar[Severity]

    @abstractmethod
    def check(self, design: Design) -> Iterator[Finding]:
        """The findings of one design, in any order."""

    @property
    def looks_at(self) -> str:
        return _SUBJECTS[self.code[2]]

    def finding(self, message: str, span: Span, element_id: str = "") -> Finding:
        return Finding(self.name, self.severity, message, span, element_id)

    @classmethod
    def summary(cls) -> str:
        return inspect.cleandoc(cls.__doc__ or "").split("\n\n")[0].replace("\n", " ")

    @classmethod
    def why(cls) -> str:
        return " ".join(cls._part("Why").split())

    @classmethod
    def bad(cls) -> str:
        return inspect.cleandoc(cls._part("Bad")) + "\n"

    @classmethod
    def good(cls) -> str:
        return inspect.cleandoc(cls._part("Good")) + "\n"

    @classmethod
    def _part(cls, name: str) -> str:
        parts = {match[1]: match[2] for match in _PART.finditer(inspect.cleandoc(cls.__doc__ or ""))}
        return parts[name]


class FixingRule(Rule):
    """A rule whose findings, or some of them, have one right answer."""

    @abstractmethod
    def fix(self, design: Design) -> Iterator[Edit]:
        """The edits after which those findings are gone."""


class TemplateRule(Rule):
    """A rule that compares a design with the template that it is made from, where that is known."""

    def check(self, design: Design) -> Iterator[Finding]:
        return self.check_against(design, None)

    @abstractmethod
    def check_against(self, design: Design, template: Design | None) -> Iterator[Finding]:
        """The findings of one design."""
