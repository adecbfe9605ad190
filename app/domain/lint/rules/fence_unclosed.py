"""Rule `fence-unclosed`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class FenceUnclosed(Rule):
    """A code fence is opened and never closed.

    Why: Everything after it counts as code: headings, components and findings in it are lost.

    Bad:
        ## Example

        ```json
        {"code": 1}

        ## Risks

    Good:
        ## Example

        ```json
        {"code": 1}
        ```

        ## Risks
    """

    code = "PL109"
    name = "fence-unclosed"
    severity = Severity.error

    def check(self, design: Design) -> Iterator[Finding]:
        source = design.source
        for fence in design.fences:
            if not fence.closed:
                start, end = source.index.offset(fence.span.start), source.index.offset(fence.span.end)
                line_end = source.data.find(b"\n", start, end)
                span = source.span(start, end if line_end < 0 else line_end)
                yield self.finding("This code fence is never closed; all that follows counts as code.", span)
