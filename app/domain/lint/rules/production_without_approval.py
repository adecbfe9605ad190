"""Rule `production-without-approval`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design

_PRODUCTION = re.compile(r"prod(?:uction)?|live", re.IGNORECASE)


class ProductionWithoutApproval(Rule):
    """The pipeline deploys to production without anybody's approval before it.

    Why: If that is meant, a sentence should say so (and what stops a bad build); if not, the gate is missing.

    Bad:
        ## Pipeline

        1. Build
        2. Tests
        3. Deploy to production

    Good:
        ## Pipeline

        1. Build
        2. Tests
        3. Manual approval
        4. Deploy to production
    """

    code = "PL801"
    name = "production-without-approval"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        approved = False
        for stage in design.stages:
            approved = approved or stage.manual
            if not approved and _PRODUCTION.fullmatch(stage.deploys_to):
                yield self.finding(f"“{stage.name}” waits for no approval.", stage.span, stage.id)
