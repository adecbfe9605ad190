"""Rule `error-format-not-json`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class ErrorFormatNotJson(Rule):
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
