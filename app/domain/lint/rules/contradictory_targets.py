"""Rule `contradictory-targets`."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, Target

_UNITS = {
    "ms": (0.001, "s"),
    "s": (1.0, "s"),
    "min": (60.0, "s"),
    "h": (3600.0, "s"),
    "d": (86400.0, "s"),
    "B": (1.0, "B"),
    "KB": (1e3, "B"),
    "MB": (1e6, "B"),
    "GB": (1e9, "B"),
}


@dataclass(frozen=True, slots=True)
class _Range:
    """The values that a target allows, in the base unit; `is_open` leaves out the ends."""

    low: float
    high: float
    is_open: bool
    line: int


class ContradictoryTargets(Rule):
    """Two targets of one metric cannot both be met.

    Why: Whatever is built misses one of them, and each reader believes the one they see.

    Bad:
        ## Performance targets

        - Start under 2 s
        - Start over 3000 ms

    Good:
        ## Performance targets

        - Start under 2 s
        - Shutdown under 3000 ms
    """

    code = "PL704"
    name = "contradictory-targets"
    severity = Severity.error

    def check(self, design: Design) -> Iterator[Finding]:
        ranges: dict[tuple[str, str, str], _Range] = {}
        for target in design.targets:
            if target.value is None or not target.metric:
                continue
            factor, dimension = _UNITS.get(target.unit, (1.0, target.unit))
            key = (target.metric.casefold(), target.quantile, dimension)
            wanted = _range(target, factor)
            before = ranges.get(key)
            if before is None:
                ranges[key] = wanted
            elif _meet(before, wanted):
                ranges[key] = max(before, wanted, key=lambda one: one.low)
            else:
                yield self.finding(
                    f"“{target.label[:80]}” contradicts the target in line {before.line}.", target.span, target.id
                )


def _range(target: Target, factor: float) -> _Range:
    value, line = (target.value or 0) * factor, target.span.first_line
    low = value if target.comparator in (">", ">=", "=") else -math.inf
    high = value if target.comparator in ("<", "<=", "=") else math.inf
    return _Range(low, high, target.comparator in ("<", ">"), line)


def _meet(one: _Range, other: _Range) -> bool:
    low, high = max(one.low, other.low), min(one.high, other.high)
    return low < high or (low == high and _allows(one, low) and _allows(other, low))


def _allows(one: _Range, value: float) -> bool:
    return not one.is_open or one.low < value < one.high
