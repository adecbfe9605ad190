"""Rule `owner-missing`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design

_PEOPLE = ("owner", "reviewers", "approvers")


class OwnerMissing(Rule):
    """The document has a status, but says nowhere who owns it.

    Why: Whoever finds a mistake or wants an answer has nobody to ask, and a document without an owner goes stale.

    Bad:
        # Refunds

        **Status**: Draft

    Good:
        # Refunds

        **Status**: Draft
        **Owner**: Payments
    """

    code = "PL112"
    name = "owner-missing"
    severity = Severity.info

    def check(self, design: Design) -> Iterator[Finding]:
        status = design.field("status")
        people = [field for field in design.fields if field.name in _PEOPLE]
        if status is None or any(field.value for field in people):
            return
        if people:
            yield self.finding(f"The field “{people[0].label}” names nobody yet.", people[0].span)
        else:
            yield self.finding("The document names no owner; add a field `Owner`.", status.span)
