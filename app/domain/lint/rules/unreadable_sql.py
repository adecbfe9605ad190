"""Rule `unreadable-sql`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class UnreadableSql(Rule):
    """A fenced SQL that makes or changes tables can be read in no dialect.

    Why: Its tables are neither drawn nor compared with the database, and whoever copies it gets the same error.

    Bad:
        ## Schema design

        ```sql
        CREATE TABLE entries (id uuid PRIMARY KEY,, amount numeric
        ```

    Good:
        ## Schema design

        ```sql
        CREATE TABLE entries (id uuid PRIMARY KEY, amount numeric);
        ```
    """

    code = "PL407"
    name = "unreadable-sql"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for span in design.unread_sql:
            yield self.finding("This SQL cannot be read; look for a missing bracket or comma.", span)
