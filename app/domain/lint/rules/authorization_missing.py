"""Rule `authorization-missing`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design
from app.domain.roles import Role

_ENDPOINT = re.compile(r"\b(?:POST|PUT|PATCH|DELETE)\s+/")
_SPOKEN_OF = re.compile(
    r"authori[sz]|permission|access control|\b[ra]bac\b|\broles?\b|\bacls?\b|\bscopes?\b|\bauthz\b|admin|forbidden",
    re.IGNORECASE,
)


class AuthorizationMissing(Rule):
    """The design has endpoints that change things, but says nothing about who may call them.

    Why: Knowing who somebody is does not say what they may do, and a rule that nobody wrote down is one that nobody
    checks.

    Bad:
        ## Components

        ### Shop
        - **Interfaces**: `POST /orders`

    Good:
        ## Components

        ### Shop
        - **Interfaces**: `POST /orders`

        ## Authorization

        Customers see and change their own orders, clerks all.
    """

    code = "PL602"
    name = "authorization-missing"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        offering = (component for component in design.components if any(map(_ENDPOINT.search, component.interfaces)))
        first = next(offering, None)
        if first is None or any(section.role is Role.authorization for section in design.sections):
            return
        if not _SPOKEN_OF.search(design.text):
            yield self.finding(
                "The design has endpoints that write but no word on authorization.", first.name_span, first.id
            )
