"""Rule `section-empty`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design
from app.domain.roles import Role

_ELEMENTS = (Role.components, Role.schema)  # a component, a table: other rules speak of those


class SectionEmpty(Rule):
    """A heading has nothing below it: no text and no deeper heading.

    Why: An empty section looks like an answer that was lost. If there is nothing to say, a sentence that says so
    tells the reader that somebody thought about it.

    Bad:
        ## Drawbacks

        ## Alternatives

        None were considered.

    Good:
        ## Drawbacks

        None known.

        ## Alternatives

        None were considered.
    """

    code = "PL102"
    name = "section-empty"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        parents = {section.parent for section in design.sections}
        for section in design.sections:
            said = any(block.kind not in ("HtmlBlock", "Rule") for block in section.blocks)
            seen = any("<!--" not in block.code for block in section.blocks if block.kind == "HtmlBlock")
            is_element = section.role is None and section.context in _ELEMENTS
            optional = "(optional)" in section.heading.casefold()  # its title says that nothing need be there
            if said or seen or section.id in parents or section.level == 1 or is_element or optional:
                continue
            yield self.finding(f"The section “{section.title}” is empty.", section.heading_span, section.id)
