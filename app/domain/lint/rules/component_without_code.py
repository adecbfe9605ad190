"""Rule `component-without-code`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class ComponentWithoutCode(Rule):
    """A component does not say where its code is, though others do.

    Why: Only what names its code can be compared with the code, so this component can go wrong unseen.

    Bad:
        ## Components

        ### Ledger
        - **Purpose**: keeps the entries
        - **Code**: `shop.ledger`

        ### Refunds
        - **Purpose**: pays back

    Good:
        ## Components

        ### Ledger
        - **Purpose**: keeps the entries
        - **Code**: `shop.ledger`

        ### Refunds
        - **Purpose**: pays back
        - **Code**: `shop.refunds`
    """

    code = "PL205"
    name = "component-without-code"
    severity = Severity.info

    def check(self, design: Design) -> Iterator[Finding]:
        if not any(component.code for component in design.components):
            return
        for component in design.components:
            if not component.code:
                yield self.finding(f"“{component.name}” names no code.", component.name_span, component.id)
