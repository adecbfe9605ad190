"""Rule `foreign-key-to-unknown`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, name_key

_FEWEST = 2  # a document with one table speaks of a change, and what it points at is there already
_TARGET = re.compile(r"(?P<path>[\w.\"`]{1,200})(?:\s*\(\s*[\"`]?(?P<column>\w+)[\"`]?\s*\))?")


class ForeignKeyToUnknown(Rule):
    """A foreign key points at a table or column that the document does not describe.

    Why: The name is misspelt, or a table is missing; rows would point at nothing.

    Bad:
        ## Schema design

        ### entries

        | Column | Type | Key |
        | --- | --- | --- |
        | id | uuid | PK |
        | account_id | uuid | FK → acounts.id |

        ### accounts

        | Column | Type | Key |
        | --- | --- | --- |
        | id | uuid | PK |

    Good:
        ## Schema design

        ### entries

        | Column | Type | Key |
        | --- | --- | --- |
        | id | uuid | PK |
        | account_id | uuid | FK → accounts.id |

        ### accounts

        | Column | Type | Key |
        | --- | --- | --- |
        | id | uuid | PK |
    """

    code = "PL402"
    name = "foreign-key-to-unknown"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        known = {name_key(table.name): {name_key(column.name) for column in table.columns} for table in design.tables}
        if len(known) < _FEWEST:
            return
        for table in design.tables:
            for column in table.columns:
                unknown = _unknown(column.references, known)
                if unknown:
                    yield self.finding(
                        f"“{column.name}” points at {unknown}, which this document does not describe.",
                        column.span,
                        table.id,
                    )


def _unknown(written: str, known: dict[str, set[str]]) -> str:
    """What of `table.column` or `table(column)` is not known; nothing where the words are no such name."""
    match = _TARGET.fullmatch(written)
    if match is None:
        return ""
    parts = [part for part in match["path"].replace('"', "").replace("`", "").split(".") if part]
    column = match["column"] or (parts.pop() if len(parts) > 1 and name_key(parts[-1]) not in known else "")
    if not parts:
        return ""
    columns = known.get(name_key(parts[-1]))
    if columns is None:
        return f"the table “{parts[-1]}”"
    known_column = not column or not columns or name_key(column) in columns
    return "" if known_column else f"the column “{column}” of “{parts[-1]}”"
