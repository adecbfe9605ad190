"""Rule `placeholder-left`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design

_SHOWN = 60
_MARKS = ("optional", "required")  # what templates say of a line, which stays when it is filled in


class PlaceholderLeft(Rule):
    """A placeholder of the template still stands in the text.

    Why: A reader cannot tell an unanswered question from an answer, and a placeholder that is approved with the
    document is a decision that nobody took.

    Bad:
        ## Components

        ### Ledger
        - **Purpose**: [Description]

    Good:
        ## Components

        ### Ledger
        - **Purpose**: keeps the entries
    """

    code = "PL101"
    name = "placeholder-left"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for placeholder in design.placeholders:
            if placeholder.text.strip("[]").casefold() in _MARKS:
                continue
            text = placeholder.text if len(placeholder.text) <= _SHOWN else f"{placeholder.text[:_SHOWN]}…"
            yield self.finding(f"The placeholder `{text}` is still to be replaced.", placeholder.span)
