"""Rule `conflicting-field`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, Field
from app.domain.status import read_status

_SINGLE = ("status", "title", "id", "owner", "template")


class ConflictingField(Rule):
    """A field stands twice with different values; the first counts, and front matter before everything else.

    Why: Somebody changed one place and forgot the other, and readers believe whichever they see.

    Bad:
        ---
        status: approved
        ---

        # Refunds

        **Status**: Draft

    Good:
        ---
        status: approved
        ---

        # Refunds

        **Status**: Approved
    """

    code = "PL107"
    name = "conflicting-field"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        first: dict[tuple[str, str], Field] = {}
        for field in design.fields:
            if field.name not in _SINGLE or not field.value:
                continue
            before = first.setdefault((field.name, _about(field)), field)
            if _meaning(before) != _meaning(field):
                yield self.finding(
                    f"“{field.label}” is “{field.value[:60]}” here, but “{before.value[:60]}” "
                    f"in line {before.span.first_line}, which counts.",
                    field.span,
                )


def _about(field: Field) -> str:
    """An author is no team: only what is called the same can contradict itself. The other names mean one thing."""
    return field.label.casefold().rstrip("s") if field.name == "owner" else ""


def _meaning(field: Field) -> object:
    if field.name == "status":
        return read_status(field.value) or field.value.casefold()
    return sorted(value.casefold() for value in field.values)
