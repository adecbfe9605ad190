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
        named = any(field.name in _PEOPLE and field.value for field in design.fields)
        if status and not named:
            yield self.finding("The document names no owner; add a field `Owner`.", status.span)
