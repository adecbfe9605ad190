"""Rule `target-without-metric`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.places import Places
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class TargetWithoutMetric(Rule):
    """A target names no metric, though its neighbours do.

    Why: Only a target that names its metric can be compared with what is measured; this one is never looked at.

    Bad:
        ## Performance targets

        - p95 read latency < 200 ms `http_read_p95_ms`
        - p95 write latency < 400 ms

    Good:
        ## Performance targets

        - p95 read latency < 200 ms `http_read_p95_ms`
        - p95 write latency < 400 ms `http_write_p95_ms`
    """

    code = "PL705"
    name = "target-without-metric"
    severity = Severity.info

    def check(self, design: Design) -> Iterator[Finding]:
        places = Places(design)
        named = {target.id for target in design.targets if f"`{target.metric}`" in places.lines(target.span)}
        sections = {places.section_at(target.span) for target in design.targets if target.id in named}
        for target in design.targets:
            if target.value is not None and target.id not in named and places.section_at(target.span) in sections:
                yield self.finding(f"“{target.label[:80]}” names no metric.", target.span, target.id)
