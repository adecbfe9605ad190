"""Rule `front-matter-invalid`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class FrontMatterInvalid(Rule):
    """The YAML between the rules at the top cannot be read.

    Why: None of its fields count: owner, status and tags are as if they were not written.

    Bad:
        ---
        title: "Refunds
        status: draft
        ---

        # Refunds

    Good:
        ---
        title: "Refunds"
        status: draft
        ---

        # Refunds
    """

    code = "PL106"
    name = "front-matter-invalid"
    severity = Severity.error

    def check(self, design: Design) -> Iterator[Finding]:
        for message, span in design.field_problems:
            yield self.finding(message, span)
