"""Rule `duplicate-heading`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class DuplicateHeading(Rule):
    """Two sections of one parent have the same title.

    Why: A link or a remark that names the section by its title can mean either, and the anchor of the second changes
    when the first is removed.

    Bad:
        ## Risks

        Slow start.

        ## Risks

        Lost entries.

    Good:
        ## Risks

        Slow start.

        ## Further risks

        Lost entries.
    """

    code = "PL104"
    name = "duplicate-heading"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        first: dict[tuple[str | None, str], int] = {}
        for section in design.sections:
            key = (section.parent, section.heading.casefold())
            if not section.title:
                continue
            if key in first:
                yield self.finding(
                    f"“{section.title}” is already the title of the section in line {first[key]}.",
                    section.heading_span,
                    section.id,
                )
            first.setdefault(key, section.span.first_line)
