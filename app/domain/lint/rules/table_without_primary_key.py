"""Rule `table-without-primary-key`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class TableWithoutPrimaryKey(Rule):
    """A table names keys or constraints for its columns, but no primary key.

    Why: Rows that cannot be told apart can be neither corrected nor referred to, and replication needs a key.

    Bad:
        ## Schema design

        ### entries

        | Column | Type | Key |
        | --- | --- | --- |
        | amount | numeric | NOT NULL |

    Good:
        ## Schema design

        ### entries

        | Column | Type | Key |
        | --- | --- | --- |
        | id | uuid | PK |
        | amount | numeric | NOT NULL |
    """

    code = "PL401"
    name = "table-without-primary-key"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for table in design.tables:
            speaks_of_keys = table.notation == "sql" or any(
                column.unique or column.references or not column.nullable for column in table.columns
            )
            if table.columns and speaks_of_keys and not any(column.primary_key for column in table.columns):
                yield self.finding(f"The table “{table.name}” has no primary key.", table.span, table.id)
