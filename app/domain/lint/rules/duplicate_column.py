"""Rule `duplicate-column`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class DuplicateColumn(Rule):
    """A table has the same column twice.

    Why: No database takes it, and where the two rows differ nobody knows which holds.

    Bad:
        ## Schema design

        ### entries

        | Column | Type |
        | --- | --- |
        | id | uuid |
        | ID | bigint |

    Good:
        ## Schema design

        ### entries

        | Column | Type |
        | --- | --- |
        | id | uuid |
        | number | bigint |
    """

    code = "PL405"
    name = "duplicate-column"
    severity = Severity.error

    def check(self, design: Design) -> Iterator[Finding]:
        for table in design.tables:
            seen: set[str] = set()
            for column in table.columns:
                key = column.name.casefold()
                if key in seen:
                    yield self.finding(f"“{table.name}” already has a column “{column.name}”.", column.span, table.id)
                seen.add(key)
