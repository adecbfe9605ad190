"""Rule `nesting-too-deep`."""

from collections.abc import Iterator

from app.domain.blocks import DEEPEST
from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


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
        source = design.source
        for start, end in source.too_deep.items():
            line_end = source.data.find(b"\n", start, end)
            span = source.span(start, end if line_end < 0 else line_end)
            message = f"What stands here is nested more than {DEEPEST} deep; it is shown as it is written."
            yield self.finding(message, span)
