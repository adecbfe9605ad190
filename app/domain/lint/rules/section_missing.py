"""Rule `section-missing`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.made_from import counterpart, found_in, obligations, template_of
from app.domain.lint.rule import Finding, TemplateRule
from app.domain.model import Design, Section
from app.domain.text import Position, Span


class SectionMissing(TemplateRule):
    """A section of the template is not in the document.

    The template is the one that the document names, or that `--template` or the configuration gives, or one of
    Plumbline's own that most of the headings are from. Where it says `(optional)` nothing need be.

    Why: The template asks what has to be thought of; a question that was taken out looks like one that does not arise.

    Bad:
        ---
        template: adr
        ---

        # Keep entries in PostgreSQL

        ## Context and Problem Statement

        Entries get lost.

        ## Decision Outcome

        PostgreSQL.

    Good:
        ---
        template: adr
        ---

        # Keep entries in PostgreSQL

        ## Context and Problem Statement

        Entries get lost.

        ## Considered Options

        - PostgreSQL
        - Files

        ## Decision Outcome

        PostgreSQL.
    """

    code = "PL111"
    name = "section-missing"
    severity = Severity.warning

    def check_against(self, design: Design, template: Design | None) -> Iterator[Finding]:
        wanted = template_of(design, template)
        known = found_in(design)
        missing: set[str | None] = set()
        stands_for: dict[str | None, Section] = {}
        for section in obligations(wanted) if wanted else ():
            there = counterpart(section, known)
            if there:
                stands_for[section.id] = there
                continue
            missing.add(section.id)
            if section.parent not in missing:  # said of the section around it already
                around = stands_for.get(section.parent) or (design.sections[0] if design.sections else None)
                span = around.heading_span if around else Span(Position(0, 0), Position(0, 0))
                message = f"The section “{section.title}” of the template is missing."
                yield self.finding(message, span, around.id if around else "")
