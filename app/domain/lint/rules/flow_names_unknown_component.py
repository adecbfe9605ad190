"""Rule `flow-names-unknown-component`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, Flow, StepKind, name_key


class FlowNamesUnknownComponent(Rule):
    """A flow that passes components of the design also passes something that is none of them.

    Why: The name is misspelt, or a component that takes part in the flow is missing from the design. Whoever starts
    the flow need not be a component, and a flow that names no component at all speaks of something else.

    Bad:
        ## Components

        ### Shop
        - **Purpose**: sells

        ### Ledger
        - **Purpose**: keeps the entries

        ## Data flow

        1. Customer → Shop
        2. Shop → Leger
        3. Shop → Ledger

    Good:
        ## Components

        ### Shop
        - **Purpose**: sells

        ### Ledger
        - **Purpose**: keeps the entries

        ## Data flow

        1. Customer → Shop
        2. Shop → Ledger
    """

    code = "PL301"
    name = "flow-names-unknown-component"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        known = {component.key for component in design.components} | {external.key for external in design.externals}
        for flow in design.flows:
            yield from self._of_flow(flow, known)

    def _of_flow(self, flow: Flow, known: set[str]) -> Iterator[Finding]:
        calls = [step for step in flow.steps if step.kind is not StepKind.note and step.target]
        named = [name_key(name) for step in calls for name in (step.source, step.target)]
        if len(known.intersection(named)) < 2:
            return
        said = {named[0]}  # who starts the flow
        for step in calls:
            for name in (step.source, step.target):
                if name_key(name) not in known and name_key(name) not in said:
                    said.add(name_key(name))
                    yield self.finding(f"“{name}” is no component of this design.", step.span, flow.id)
