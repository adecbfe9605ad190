"""Rule `pipeline-without-tests`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.places import Places
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design

_BUILDS = re.compile(r"\b(?:build|compile|commit|merge|push|package)", re.IGNORECASE)
_TESTS = re.compile(r"test|check|verif|validat|lint|\bqa\b|quality|smoke|spec\b", re.IGNORECASE)


class PipelineWithoutTests(Rule):
    """A pipeline builds or deploys and has no stage that tests.

    Why: What nobody tests on the way is tested by its users.

    Bad:
        ## Pipeline

        1. Commit
        2. Build
        3. Deploy to staging

    Good:
        ## Pipeline

        1. Commit
        2. Build
        3. Tests
        4. Deploy to staging
    """

    code = "PL804"
    name = "pipeline-without-tests"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        stages = design.stages
        builds = any(_BUILDS.search(stage.name) for stage in stages)
        deploys = any(stage.deploys_to for stage in stages)
        places = Places(design)
        names = " ".join(places.lines(stage.span) for stage in stages) if builds and deploys else ""
        if names and not _TESTS.search(names):
            yield self.finding("No stage of this pipeline tests.", stages[0].span, stages[0].id)
