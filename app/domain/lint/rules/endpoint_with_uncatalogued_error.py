"""Rule `endpoint-with-uncatalogued-error`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class EndpointWithUncataloguedError(Rule):
    """An endpoint answers with an error code that the catalogue does not have.

    Why: Whoever writes a client looks the code up and finds nothing; most often the code was renamed in one place.

    Bad:
        ## Components

        ### Shop
        - **Interfaces**: `GET /orders/{id} → 200, 404 ORDER_UNKNOWN`

        ## Errors

        - NOT_FOUND (404): no such order

    Good:
        ## Components

        ### Shop
        - **Interfaces**: `GET /orders/{id} → 200, 404 NOT_FOUND`

        ## Errors

        - NOT_FOUND (404): no such order
    """

    code = "PL505"
    name = "endpoint-with-uncatalogued-error"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        known = {error.name.strip("`").casefold() for error in design.errors}
        for endpoint in design.endpoints if any("_" in name for name in known) else ():
            for code in dict.fromkeys(endpoint.codes):
                if code.casefold() not in known:
                    yield self.finding(f"“{code}” is no error of the catalogue.", endpoint.span, endpoint.id)
