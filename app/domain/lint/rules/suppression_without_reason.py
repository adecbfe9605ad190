"""Rule `suppression-without-reason`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.lint.suppression import suppressions
from app.domain.model import Design


class SuppressionWithoutReason(Rule):
    """A rule is silenced without a reason.

    Why: The next reader cannot tell whether the exception still holds, so it stays for ever.

    Bad:
        # Refunds

        <!-- plumbline: ignore placeholder-left -->

        TBD

    Good:
        # Refunds

        <!-- plumbline: ignore placeholder-left because the vendor answers in March -->

        TBD
    """

    code = "PL110"
    name = "suppression-without-reason"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for silenced in suppressions(design):
            if not silenced.reason:
                yield self.finding(f"Say why `{silenced.rule}` is silenced: `… because …`.", silenced.span)
