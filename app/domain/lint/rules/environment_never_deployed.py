"""Rule `environment-never-deployed`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, never_deployed

# Where developers work or tests run is not deployed to.
_LOCAL = re.compile(r"\b(?:dev|develop|local|test|ci|build)", re.IGNORECASE)


class EnvironmentNeverDeployed(Rule):
    """An environment is described that no stage of the pipeline deploys to.

    Why: Either the stage is missing, or the environment is filled by hand and will differ from the others.

    Bad:
        ## Environments

        - Staging
        - Production

        ## Pipeline

        1. Manual approval
        2. Deploy to production

    Good:
        ## Environments

        - Staging
        - Production

        ## Pipeline

        1. Deploy to staging
        2. Manual approval
        3. Deploy to production
    """

    code = "PL803"
    name = "environment-never-deployed"
    severity = Severity.info

    def check(self, design: Design) -> Iterator[Finding]:
        if not any(stage.deploys_to for stage in design.stages):
            return
        for environment in never_deployed(design.stages, design.environments):
            if not _LOCAL.search(environment.name):
                yield self.finding(
                    f"No stage of the pipeline deploys to “{environment.name}”.", environment.span, environment.id
                )
