"""Rule `alternatives-missing`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design
from app.domain.roles import Role

_WEIGHED = re.compile(
    r"\b(?:alternativ|consider|option|instead of|rather than|compared|versus|trade-?off|reject)", re.IGNORECASE
)


class AlternativesMissing(Rule):
    """The document takes a decision, but no alternative to it is named.

    Why: Whoever comes to the same question later cannot tell whether the other answers were weighed or not seen.

    Bad:
        ## Decision

        Entries are kept in PostgreSQL.

    Good:
        ## Decision

        Entries are kept in PostgreSQL.

        ## Alternatives

        A queue: it cannot answer questions about the past.
    """

    code = "PL116"
    name = "alternatives-missing"
    severity = Severity.info

    def check(self, design: Design) -> Iterator[Finding]:
        first = next((section for section in design.sections if section.role is Role.decisions), None)
        if first and not any(s.role is Role.alternatives for s in design.sections) and not _WEIGHED.search(design.text):
            yield self.finding("No alternative to this decision is named.", first.heading_span, first.id)
