"""Rule `schema-without-migrations`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design
from app.domain.roles import Role

_SPOKEN_OF = re.compile(r"migrat|backfill|alembic|flyway|liquibase|alter table", re.IGNORECASE)


class SchemaWithoutMigrations(Rule):
    """The document describes tables with their keys, but says nothing about how they come into being.

    Why: On the day of the release somebody has to make or change the tables under a running system, in an order that
    old and new code survive, and with a way back.

    Bad:
        ## Schema design

        ### entries

        | Column | Type | Key |
        | --- | --- | --- |
        | id | uuid | PK |

    Good:
        ## Schema design

        ### entries

        | Column | Type | Key |
        | --- | --- | --- |
        | id | uuid | PK |

        ## Migrations

        A new table; nothing reads it before the second release.
    """

    code = "PL406"
    name = "schema-without-migrations"
    severity = Severity.info

    def check(self, design: Design) -> Iterator[Finding]:
        tables = (table for table in design.tables if any(column.primary_key for column in table.columns))
        first = next(tables, None)
        if first is None or any(section.role is Role.migrations for section in design.sections):
            return
        if not _SPOKEN_OF.search(design.text):
            yield self.finding("The document says nothing about migrations of its tables.", first.span, first.id)
