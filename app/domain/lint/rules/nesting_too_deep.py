"""Rule `nesting-too-deep`."""

from collections.abc import Iterator

from app.domain.blocks import Block
from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design

_DEEPEST = 10
_NESTING = ("List", "BlockQuote")


class NestingTooDeep(Rule):
    """Lists or quotes are nested more than ten deep.

    Why: Nobody can see any longer what belongs to what, and other readers of Markdown give up on such a text.

    Bad:
        >>>>>>>>>>> What was said.

    Good:
        >> What was said.
    """

    code = "PL115"
    name = "nesting-too-deep"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for top in design.source.blocks:
            found = _first_too_deep(top) if top.kind in _NESTING else None
            if found:
                line_end = design.source.data.find(b"\n", found.start, found.end)
                span = design.source.span(found.start, found.end if line_end < 0 else line_end)
                yield self.finding(f"What stands here is nested more than {_DEEPEST} deep.", span)


def _first_too_deep(top: Block) -> Block | None:
    """The first block below the limit, without recursion."""
    stack = [(top, 1)]
    while stack:
        block, depth = stack.pop()
        if depth > _DEEPEST:
            return block
        stack.extend((child, depth + (child.kind in _NESTING)) for child in reversed(block.children))
    return None
