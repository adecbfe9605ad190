"""Rule `flow-against-dependencies`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, StepKind, name_key


class FlowAgainstDependencies(Rule):
    """In a flow a component calls one that depends on it.

    Why: A call needs a dependency in its direction. Either the flow or the dependency is the wrong way round, or there
    is a circle that the dependencies hide.

    Bad:
        ## Components

        ### Shop
        - **Dependencies**: Ledger

        ### Ledger
        - **Dependencies**: none

        ## Data flow

        1. Ledger → Shop

    Good:
        ## Components

        ### Shop
        - **Dependencies**: Ledger

        ### Ledger
        - **Dependencies**: none

        ## Data flow

        1. Shop → Ledger
        2. Response flows back
    """

    code = "PL302"
    name = "flow-against-dependencies"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        needs = {component.key: {name.key for name in component.dependencies} for component in design.components}
        for flow in design.flows:
            said: set[tuple[str, str]] = set()
            asked: set[tuple[str, str]] = set()
            for step in flow.steps:
                call = (name_key(step.source), name_key(step.target))
                if step.kind is not StepKind.call or call[0] == call[1]:
                    continue
                against = call[0] in needs.get(call[1], ()) and call[1] not in needs.get(call[0], ())
                answers = call[::-1] in asked  # an arrow back is an answer
                if against and not answers and call not in said:
                    said.add(call)
                    yield self.finding(
                        f"{step.source} calls {step.target} here, but {step.target} is what depends on {step.source}.",
                        step.span,
                        flow.id,
                    )
                asked.add(call)
