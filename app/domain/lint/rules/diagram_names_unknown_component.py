"""Rule `diagram-names-unknown-component`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, name_key

_FEWEST = 2  # as many components make it a chart of components


class DiagramNamesUnknownComponent(Rule):
    """A flowchart that shows components of the design also shows something that is none of them.

    Why: The box was renamed in one place, or a component is missing from the design. A chart that shows no two
    components speaks of something else, and where its arrows begin may stand anybody.

    Bad:
        ## Components

        ### Shop
        - **Purpose**: sells

        ### Ledger
        - **Purpose**: keeps the entries

        ```mermaid
        flowchart LR
          Customer --> Shop
          Shop --> Ledger
          Shop --> Archive
        ```

    Good:
        ## Components

        ### Shop
        - **Purpose**: sells

        ### Ledger
        - **Purpose**: keeps the entries

        ```mermaid
        flowchart LR
          Customer --> Shop
          Shop --> Ledger
        ```
    """

    code = "PL208"
    name = "diagram-names-unknown-component"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        known = {component.key for component in design.components} | {external.key for external in design.externals}
        for chart in design.charts:
            called = {edge.target for edge in chart.edges}
            unknown = [node for node in chart.nodes if not known & {name_key(node.label), name_key(node.key)}]
            shown = len(chart.nodes) - len(unknown)
            if shown < _FEWEST or shown < len(unknown):
                continue
            for node in unknown:
                if node.key in called:
                    yield self.finding(f"“{node.label}” is no component of this design.", node.span, chart.id)
