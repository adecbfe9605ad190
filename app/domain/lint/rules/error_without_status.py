"""Rule `error-without-status`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class ErrorWithoutStatus(Rule):
    """An error of the catalogue has no HTTP status, though others have one.

    Why: Clients decide by the status whether to retry, to sign in again or to give up.

    Bad:
        ## Errors

        | Code | Status | Meaning |
        | --- | --- | --- |
        | NOT_FOUND | 404 | no such refund |
        | TOO_LATE | | refunds close after 90 days |

    Good:
        ## Errors

        | Code | Status | Meaning |
        | --- | --- | --- |
        | NOT_FOUND | 404 | no such refund |
        | TOO_LATE | 409 | refunds close after 90 days |
    """

    code = "PL501"
    name = "error-without-status"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        if all(error.status is None for error in design.errors):
            return
        for error in design.errors:
            if error.status is None:
                yield self.finding(f"The error “{error.name}” has no status.", error.span, error.id)
