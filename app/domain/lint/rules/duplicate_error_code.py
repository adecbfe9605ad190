"""Rule `duplicate-error-code`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.places import Places
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, ErrorKind

_CODE = re.compile(r"[A-Z][A-Z0-9_]{2,}")


class DuplicateErrorCode(Rule):
    """An error code stands twice: in one list, or with different statuses.

    Why: A code is what programs go by; with two meanings it has none.

    Bad:
        ## Errors

        | Code | Status | Meaning |
        | --- | --- | --- |
        | CONFLICT | 409 | somebody was faster |
        | CONFLICT | 412 | the base is old |

    Good:
        ## Errors

        | Code | Status | Meaning |
        | --- | --- | --- |
        | CONFLICT | 409 | somebody was faster |
        | STALE_BASE | 412 | the base is old |
    """

    code = "PL503"
    name = "duplicate-error-code"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        places = Places(design)
        first: dict[str, ErrorKind] = {}
        for error in design.errors:
            before = first.setdefault(error.name.strip("`"), error)
            if before is error or not _CODE.fullmatch(error.name.strip("`")):
                continue
            differs = None not in (before.status, error.status) and before.status != error.status
            if differs or places.section_at(error.span) == places.section_at(before.span):
                yield self.finding(
                    f"The code “{error.name}” already stands in line {before.span.first_line}.", error.span, error.id
                )
