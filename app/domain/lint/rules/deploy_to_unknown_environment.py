"""Rule `deploy-to-unknown-environment`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, deployed_by


class DeployToUnknownEnvironment(Rule):
    """The pipeline deploys to an environment that the list of environments does not have.

    Why: The name is misspelt, or an environment exists that nobody has described.

    Bad:
        ## Environments

        - Staging
        - Production

        ## Pipeline

        1. Deploy to preview
        2. Manual approval
        3. Deploy to staging
        4. Deploy to production

    Good:
        ## Environments

        - Preview
        - Staging
        - Production

        ## Pipeline

        1. Deploy to preview
        2. Manual approval
        3. Deploy to staging
        4. Deploy to production
    """

    code = "PL802"
    name = "deploy-to-unknown-environment"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for stage in design.stages:
            if design.environments and stage.deploys_to and deployed_by(stage, design.environments) is None:
                yield self.finding(f"“{stage.deploys_to}” is no environment of this design.", stage.span, stage.id)
