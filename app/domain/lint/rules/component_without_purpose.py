"""Rule `component-without-purpose`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Component, Design


class ComponentWithoutPurpose(Rule):
    """A component with fields has no purpose and no sentence that says what it is for.

    Why: Responsibilities and dependencies say what a component does; only its purpose says why it exists, and whether
    something new belongs in it.

    Bad:
        ## Components

        ### Ledger
        - **Dependencies**: none

    Good:
        ## Components

        ### Ledger
        - **Purpose**: the one place that knows what was paid
        - **Dependencies**: none
    """

    code = "PL204"
    name = "component-without-purpose"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        told = {section.id for section in design.sections if any(block.kind == "Paragraph" for block in section.blocks)}
        for component in design.components:
            if component.labels and not _says_why(component) and component.section_id not in told:
                yield self.finding(
                    f"“{component.name}” says nothing about its purpose.", component.name_span, component.id
                )


def _says_why(component: Component) -> bool:
    return bool(component.purpose or component.responsibilities)
