"""Rule `disconnected-component`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, name_key

_FEWEST = 3


class DisconnectedComponent(Rule):
    """A component has no connection with the others: no dependency in either direction, no flow that passes it.

    Why: Either a dependency or a flow is missing from the design, or the component is not needed.

    Bad:
        ## Components

        ### Refunds
        - **Dependencies**: Ledger

        ### Ledger
        - **Dependencies**: none

        ### Archive
        - **Dependencies**: none

    Good:
        ## Components

        ### Refunds
        - **Dependencies**: Ledger

        ### Ledger
        - **Dependencies**: Archive

        ### Archive
        - **Dependencies**: none
    """

    code = "PL206"
    name = "disconnected-component"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        known = {component.key for component in design.components}
        named = {name.key for component in design.components for name in component.dependencies}
        if len(known) < _FEWEST or not named & known:
            return
        steps = (step for flow in design.flows for step in flow.steps if step.target)
        named.update(name_key(name) for step in steps for name in (step.source, step.target))
        for component in design.components:
            if not component.dependencies and component.key not in named and "dependencies" in component.labels:
                yield self.finding(
                    f"“{component.name}” depends on nothing, and nothing depends on it or calls it.",
                    component.name_span,
                    component.id,
                )
