"""Rule `last-updated-missing`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design

_DATED = re.compile(r"\b(?:dates?|updated|modified|created|since)\b|-date\b", re.IGNORECASE)


class LastUpdatedMissing(Rule):
    """The document has a status, but no date.

    Why: A reader who finds two documents cannot tell which of them is older, and whether the status still holds.

    Bad:
        # Refunds

        **Status**: Approved

    Good:
        # Refunds

        **Status**: Approved
        **Last Updated**: 2026-03-01
    """

    code = "PL113"
    name = "last-updated-missing"
    severity = Severity.info

    def check(self, design: Design) -> Iterator[Finding]:
        status = design.field("status")
        dated = any(field.value and _DATED.search(field.label) for field in design.fields)
        if status and not dated and not any(field.name in ("date", "updated") for field in design.fields):
            yield self.finding("The document has no date; add a field `Last Updated`.", status.span)
