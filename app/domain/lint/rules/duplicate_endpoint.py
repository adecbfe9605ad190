"""Rule `duplicate-endpoint`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design

_PARAMETER = re.compile(r"\{[^{}]*\}|(?<=/):\w+|<[^<>]*>")


class DuplicateEndpoint(Rule):
    """One component offers the same method and path twice.

    Why: A call can reach only one of them, and readers find two answers to what it does.

    Bad:
        ## Components

        ### Shop
        - **Interfaces**:
          - `GET /orders/{id} → 200`
          - `GET /orders/{number} → 200, 404`

    Good:
        ## Components

        ### Shop
        - **Interfaces**:
          - `GET /orders/{id} → 200, 404`
          - `GET /orders → 200`
    """

    code = "PL504"
    name = "duplicate-endpoint"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        first: dict[tuple[str, str, str], int] = {}
        for endpoint in design.endpoints:
            path = _PARAMETER.sub("{}", endpoint.path).rstrip("/")
            key = (endpoint.component_id, endpoint.method.upper(), path)
            if key in first:
                yield self.finding(
                    f"{endpoint.method} {endpoint.path} already stands in line {first[key]}.",
                    endpoint.span,
                    endpoint.id,
                )
            first.setdefault(key, endpoint.span.first_line)
