"""Rule `flow-without-steps`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design
from app.domain.roles import Role


class FlowWithoutSteps(Rule):
    """A numbered list in a section about flows has no step that says who calls whom.

    Why: A step without `A → B` is read as a remark: the flow is neither drawn nor compared with the components.

    Bad:
        ## Components

        ### Shop
        - **Purpose**: sells

        ## Data flow

        1. The order is taken
        2. The entry is written

    Good:
        ## Components

        ### Shop
        - **Purpose**: sells

        ## Data flow

        1. Customer → Shop: the order
        2. Shop → Ledger: the entry
    """

    code = "PL303"
    name = "flow-without-steps"
    severity = Severity.info

    def check(self, design: Design) -> Iterator[Finding]:
        told = {flow.section_id for flow in design.flows}
        if not design.components:
            return
        for section in design.sections:
            if section.context is not Role.flows or section.id in told:
                continue
            drawn = any(block.kind == "CodeBlock" for block in section.blocks)
            steps = next((block for block in section.blocks if block.kind == "List" and block.ordered), None)
            if steps and not drawn:
                span = design.source.span(steps.start, steps.end)
                yield self.finding("No step of this list says who calls whom; write `A → B: what`.", span, section.id)
