"""Rule `goal-without-number`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.places import Places
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design
from app.domain.roles import Role

_GOALS = (Role.targets, Role.test_pyramid, Role.coverage)


class GoalWithoutNumber(Rule):
    """A goal has no number, though its neighbours have one.

    Why: What cannot be measured can be neither reached nor missed; everybody will take it for reached.

    Bad:
        ## Performance targets

        - p95 latency < 200 ms
        - Fast start

    Good:
        ## Performance targets

        - p95 latency < 200 ms
        - Start < 2 s
    """

    code = "PL702"
    name = "goal-without-number"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        places = Places(design)
        measured = {places.section_at(target.span) for target in design.targets if target.value is not None}
        for target in design.targets:
            if target.value is None and target.role in _GOALS and places.section_at(target.span) in measured:
                yield self.finding(f"The goal “{target.label[:80]}” has no number.", target.span, target.id)
