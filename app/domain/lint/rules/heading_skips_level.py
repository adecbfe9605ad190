"""Rule `heading-skips-level`."""

from collections.abc import Iterator
from itertools import pairwise

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class HeadingSkipsLevel(Rule):
    """A heading is two or more levels deeper than the heading before it.

    Why: Readers, contents lists and screen readers take the levels for the structure; a skipped level hides a section
    that is not there.

    Bad:
        ## Components

        #### Ledger

        Keeps the entries.

    Good:
        ## Components

        ### Ledger

        Keeps the entries.
    """

    code = "PL103"
    name = "heading-skips-level"
    severity = Severity.info

    def check(self, design: Design) -> Iterator[Finding]:
        for before, section in pairwise(design.sections):
            if section.level > before.level + 1:
                yield self.finding(
                    f"“{section.title}” is a heading of level {section.level} right after one of level {before.level}.",
                    section.heading_span,
                    section.id,
                )
