"""Rule `fence-unclosed`."""

import re
from collections.abc import Iterator

from app.domain.blocks import Block
from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design

_FENCE = re.compile(r"`{3,}|~{3,}")


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
        for top in design.source.blocks:
            for block in top.walk():
                if block.kind == "CodeBlock" and isinstance(block.data, dict) and not _closed(design, block):
                    first_line = design.source.slice(block.start, block.end).split("\n", 1)[0]
                    span = design.source.span(block.start, block.start + len(first_line.encode()))
                    yield self.finding("This code fence is never closed; all that follows counts as code.", span)


def _closed(design: Design, block: Block) -> bool:
    lines = design.source.slice(block.start, block.end).rstrip().splitlines()
    fence = _FENCE.match(lines[0]) if lines else None
    if fence is None or len(lines) < 2:
        return fence is None
    last = lines[-1].lstrip(" >\t")
    return last.startswith(fence[0]) and not last.strip(fence[0][0])
