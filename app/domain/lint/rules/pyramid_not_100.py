"""Rule `pyramid-not-100`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.places import Places
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, Target
from app.domain.roles import Role

_ROUNDING = 1  # three thirds of 33 % are a whole


class PyramidNot100(Rule):
    """The shares of the test pyramid do not add up to 100 %.

    Why: Shares of a whole make 100 %, so one of the numbers is wrong.

    Bad:
        ## Test pyramid

        - Unit tests (70%)
        - Integration tests (20%)
        - E2E tests (20%)

    Good:
        ## Test pyramid

        - Unit tests (70%)
        - Integration tests (20%)
        - E2E tests (10%)
    """

    code = "PL701"
    name = "pyramid-not-100"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        places = Places(design)
        pyramids: dict[str, list[Target]] = {}
        for target in design.targets:
            if target.role is Role.test_pyramid and target.value is not None and target.unit == "%":
                pyramids.setdefault(places.section_at(target.span), []).append(target)
        for shares in pyramids.values():
            total = sum(share.value or 0 for share in shares)
            exact = all(share.comparator == "=" for share in shares)
            if len(shares) > 1 and exact and abs(total - 100) > _ROUNDING:
                yield self.finding(f"The shares add up to {total:g} %.", shares[-1].span, shares[-1].id)
