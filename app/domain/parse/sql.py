"""CREATE TABLE in whatever dialect: names, columns and keys. Imported only when a text has SQL."""

import logging
from collections.abc import Iterator

import sqlglot
from sqlglot import expressions as sql
from sqlglot.errors import SqlglotError

from app.domain.model import Column
from app.domain.text import Span

_LONGEST = 200_000

# The reader warns on its logger of statements that it keeps as raw commands; those are no concern of ours.
logging.getLogger("sqlglot").setLevel(logging.ERROR)


def read_statements(code: str, span: Span) -> Iterator[tuple[str, tuple[Column, ...]]]:
    """Every table that the code makes; unreadable code gives none."""
    if len(code) > _LONGEST:
        return
    try:
        statements = sqlglot.parse(code)
    except (SqlglotError, RecursionError):
        return
    for statement in statements:
        schema = statement.this if isinstance(statement, sql.Create) and statement.kind == "TABLE" else None
        if isinstance(schema, sql.Schema):
            yield schema.this.name, tuple(_columns(schema, span))


def _columns(schema: sql.Schema, span: Span) -> Iterator[Column]:
    keys = {name.name for key in schema.find_all(sql.PrimaryKey) for name in key.expressions}
    for part in schema.expressions:
        if not isinstance(part, sql.ColumnDef):
            continue
        kinds = {type(constraint.kind): constraint.kind for constraint in part.constraints}
        primary = sql.PrimaryKeyColumnConstraint in kinds or part.name in keys
        not_null = kinds.get(sql.NotNullColumnConstraint)
        default = kinds.get(sql.DefaultColumnConstraint)
        reference = kinds.get(sql.Reference)
        yield Column(
            name=part.name,
            type=part.kind.sql() if part.kind else "",
            primary_key=primary,
            nullable=not primary and (not_null is None or bool(not_null.args.get("allow_null"))),
            unique=sql.UniqueColumnConstraint in kinds,
            default=default.this.sql() if default else "",
            references=reference.this.sql() if reference else "",
            description="",
            span=span,
        )
