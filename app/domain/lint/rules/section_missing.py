"""Rule `section-missing`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.made_from import counterpart, found_in, obligations, speaks_of, template_of
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
        known = found_in(design)
        made_from = template_of(design, known, template)
        wanted = [(section, counterpart(section, known)) for section in (obligations(made_from) if made_from else ())]
        stands_for = {section.id: there for section, there in wanted if there}
        begun = {section.parent for section, there in wanted if there}
        missing: set[str | None] = set()
        for section, there in wanted:
            is_group = section.id in begun and not section.blocks  # what it groups is there, under another heading
            if there or is_group:
                continue
            missing.add(section.id)
            around = stands_for.get(section.parent or "")
            if section.parent not in missing and not (around and speaks_of(around, section)):
                yield self._told(section, around or next(iter(design.sections), None))

    def _told(self, section: Section, place: Section | None) -> Finding:
        span = place.heading_span if place else Span(Position(0, 0), Position(0, 0))
        message = f"The section “{section.title}” of the template is missing."
        return self.finding(message, span, place.id if place else "")
