"""Rule `error-format-not-json`."""

import json
import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.places import Places
from app.domain.lint.rule import Edit, Finding, FixingRule
from app.domain.model import Design

_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])')


class ErrorFormatNotJson(FixingRule):
    """The example of the error format is fenced as JSON and is none.

    Why: People copy it into clients and tests, and programs compare answers with it.

    Bad:
        ## Error format

        ```json
        {"error": {"code": "NOT_FOUND",}}
        ```

    Good:
        ## Error format

        ```json
        {"error": {"code": "NOT_FOUND"}}
        ```
    """

    code = "PL502"
    name = "error-format-not-json"
    severity = Severity.error

    def check(self, design: Design) -> Iterator[Finding]:
        for example in design.error_formats:
            if example.problem:
                yield self.finding(f"The example is no valid JSON: {example.problem}.", example.span)

    def fix(self, design: Design) -> Iterator[Edit]:
        """Where commas before a closing bracket are all that is wrong."""
        for example in design.error_formats:
            if example.problem and _readable(_without_last_commas(example.code)):
                yield Edit(example.span, _without_last_commas(Places(design).text(example.span)))


def _without_last_commas(code: str) -> str:
    return _STRING_OR_COMMA.sub(lambda match: match[1] or "", code)


def _readable(code: str) -> bool:
    try:
        json.loads(code)
    except (RecursionError, ValueError):
        return False
    return True
