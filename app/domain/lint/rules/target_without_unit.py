"""Rule `target-without-unit`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design

_MEASURED = re.compile(
    r"\b(?:latency|duration|response times?|uptime|availability|throughput|memory|bandwidth|coverage)\b", re.IGNORECASE
)


class TargetWithoutUnit(Rule):
    """A target is a bare number where a unit belongs.

    Why: 200 milliseconds and 200 seconds are both a latency, and whoever measures has to guess.

    Bad:
        ## Performance targets

        - p95 latency < 200

    Good:
        ## Performance targets

        - p95 latency < 200 ms
    """

    code = "PL703"
    name = "target-without-unit"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for target in design.targets:
            if target.value and not target.unit and (target.quantile or _MEASURED.search(target.label)):
                yield self.finding(f"“{target.label[:80]}” has a number without a unit.", target.span, target.id)
