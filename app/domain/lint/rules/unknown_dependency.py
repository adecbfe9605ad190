"""Rule `unknown-dependency`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class UnknownDependency(Rule):
    """A component depends on something that is neither a component of the design nor declared as external.

    Why: Either the name is misspelt, or a part of the system is missing from the design; in both cases the graph is
    wrong.

    Bad:
        ## Components

        ### Refunds
        - **Dependencies**: Ledgr

        ### Ledger
        - **Purpose**: keeps the entries

    Good:
        ## Components

        ### Refunds
        - **Dependencies**: Ledger, Card network (external)

        ### Ledger
        - **Purpose**: keeps the entries
    """

    code = "PL201"
    name = "unknown-dependency"
    severity = Severity.error

    def check(self, design: Design) -> Iterator[Finding]:
        known = {component.key for component in design.components} | {external.key for external in design.externals}
        for component in design.components:
            for reference in component.dependencies:
                if not reference.external and reference.key not in known:
                    yield self.finding(
                        f"{component.name} depends on “{reference.name}”, which is no component of this design. "
                        f"Add it, correct the name, or write “{reference.name} (external)”.",
                        reference.span,
                        component.id,
                    )
