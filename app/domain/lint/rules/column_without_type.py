"""Rule `column-without-type`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class ColumnWithoutType(Rule):
    """A column has no type, though the other columns of its table have one.

    Why: Whoever writes the migration has to guess it.

    Bad:
        ## Schema design

        ### entries

        | Column | Type |
        | --- | --- |
        | id | uuid |
        | amount | |

    Good:
        ## Schema design

        ### entries

        | Column | Type |
        | --- | --- |
        | id | uuid |
        | amount | numeric(12, 2) |
    """

    code = "PL404"
    name = "column-without-type"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for table in design.tables:
            if not any(column.type for column in table.columns):
                continue
            for column in table.columns:
                if not column.type:
                    yield self.finding(f"The column “{column.name}” has no type.", column.span, table.id)
