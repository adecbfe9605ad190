"""Rule `status-unknown`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design
from app.domain.parse.placeholders import is_placeholder
from app.domain.status import Status, read_status

_CHOICE = re.compile(r"[/|{}]")


class StatusUnknown(Rule):
    """The document's status is a word that means none of the statuses.

    Why: Lists and filters cannot place the document, and readers cannot tell whether it holds.

    Bad:
        # Refunds

        **Status**: Simmering

    Good:
        # Refunds

        **Status**: In review
    """

    code = "PL108"
    name = "status-unknown"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        field = design.field("status")
        if field is None or not field.value or is_placeholder(field.value) or read_status(field.value):
            return
        if len([word for word in _CHOICE.split(field.value) if read_status(word)]) > 1:
            yield self.finding("Several statuses stand here; leave the one that holds.", field.span)
            return
        known = ", ".join(status.label for status in Status)
        yield self.finding(f"“{field.value[:60]}” is no status. Known are: {known}.", field.span)
