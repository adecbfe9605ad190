"""Rule `index-on-unknown-column`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, name_key

# A column with its direction; expressions such as `lower(email)` are not looked into.
_PLAIN = re.compile(r"[\"`]?(\w+)[\"`]?(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?", re.IGNORECASE)


class IndexOnUnknownColumn(Rule):
    """An index names a column that its table does not have, or a table that is not described.

    Why: The index cannot be made as it is written; most often a column was renamed.

    Bad:
        ## Schema design

        ### entries

        | Column | Type | Key |
        | --- | --- | --- |
        | id | uuid | PK |

        ## Indexes

        - entries_by_day on entries(day): the daily report

    Good:
        ## Schema design

        ### entries

        | Column | Type | Key |
        | --- | --- | --- |
        | id | uuid | PK |
        | day | date | |

        ## Indexes

        - entries_by_day on entries(day): the daily report
    """

    code = "PL403"
    name = "index-on-unknown-column"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        tables = {name_key(table.name): table for table in design.tables}
        for index in design.indexes:
            if not index.table or not tables:
                continue
            table = tables.get(name_key(index.table)) or tables.get(name_key(index.table.rsplit(".", 1)[-1]))
            if table is None:
                yield self.finding(f"No table “{index.table}” is described for this index.", index.span, index.id)
                continue
            columns = {name_key(column.name) for column in table.columns}
            for written in index.columns:
                plain = _PLAIN.fullmatch(written)
                if plain and columns and name_key(plain[1]) not in columns:
                    yield self.finding(f"“{table.name}” has no column “{plain[1]}”.", index.span, index.id)
