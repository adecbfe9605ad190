"""Rule `deploy-to-unknown-environment`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


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
        known = " ".join(environment.name.casefold() for environment in design.environments)
        for stage in design.stages:
            if known and stage.deploys_to and _stem(stage.deploys_to) not in known:
                yield self.finding(f"“{stage.deploys_to}” is no environment of this design.", stage.span, stage.id)


def _stem(name: str) -> str:
    """`prod` is production and `dev` is development."""
    low = name.casefold()
    return next((short for short in ("prod", "dev", "stag") if low.startswith(short)), low)
