"""Rule `duplicate-component`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class DuplicateComponent(Rule):
    """Two components have the same name (case, spaces and hyphens aside).

    Why: A dependency on that name can mean either, and the graph shows one box for both.

    Bad:
        ## Components

        ### Order service
        - **Purpose**: takes orders

        ### Order-Service
        - **Purpose**: ships orders

    Good:
        ## Components

        ### Order service
        - **Purpose**: takes orders

        ### Shipping service
        - **Purpose**: ships orders
    """

    code = "PL203"
    name = "duplicate-component"
    severity = Severity.error

    def check(self, design: Design) -> Iterator[Finding]:
        first: dict[str, int] = {}
        for component in design.components:
            if component.key in first:
                yield self.finding(
                    f"“{component.name}” is already described in line {first[component.key]}.",
                    component.name_span,
                    component.id,
                )
            first.setdefault(component.key, component.name_span.first_line)
