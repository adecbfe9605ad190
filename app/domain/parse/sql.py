"""SQL in whatever dialect: CREATE, ALTER and DROP applied in order. What they do to a table stands beside this.

Imported only when a text has SQL, for the reader under it is slow to import.
"""

import logging
import re
from collections.abc import Callable, Iterator
from functools import partial

import sqlglot
from sqlglot import expressions as sql
from sqlglot.errors import SqlglotError

from app.domain.model import Tense
from app.domain.parse.sql_tables import IndexDraft, Place, TableDraft, add, change, column_name
from app.domain.text import Span

_LONGEST = 100_000  # characters of SQL in a document; what follows them is not read
_FIRST_WORDS = frozenset({"create table", "create index", "alter table", "drop table", "drop index"})
_BETWEEN = frozenset(
    {
        "unique",
        "or",
        "replace",
        "clustered",
        "nonclustered",
        "temporary",
        "temp",
        "unlogged",
        "concurrently",
        "external",
        "global",
        "local",
    }
)
_ABOUT_TABLES = re.compile(r"\b(?:create|alter|drop)\s+(?:unique\s+)?(?:table|index)\b", re.IGNORECASE)
_DIALECTS = {"postgresql": "postgres", "mysql": "mysql", "sqlite": "sqlite"}

# The reader warns on its logger of statements that it keeps as raw commands; those are no concern of ours.
logging.getLogger("sqlglot").setLevel(logging.ERROR)


class Database:
    """What the statements of a document leave behind, in the order in which they were fed."""

    def __init__(self) -> None:
        self.tables: dict[str, TableDraft] = {}
        self.indexes: dict[str, IndexDraft] = {}
        self.unread: list[Span] = []
        self._fed = 0

    def feed(self, code: str, language: str, where: tuple[str, Tense], line: Callable[[int], Span]) -> None:
        """Applies every statement about tables; `line` gives the span of a line of the code (from 0)."""
        self._fed += len(code)
        if self._fed > _LONGEST:
            self.unread.append(Span(line(0).start, line(code.count("\n")).end))
            return
        for piece, first, last in _pieces(code):
            place = Place(*where, Span(line(first).start, line(last).end), partial(_shifted, line, first))
            statement = _read(piece, language)
            if statement is None or isinstance(statement, sql.Command):
                self.unread.append(place.span)
            elif isinstance(statement, sql.Create):
                self._create(statement, place)
            elif isinstance(statement, sql.Alter):
                self._alter(statement, place)
            elif isinstance(statement, sql.Drop):
                self._drop(statement)

    def _create(self, statement: sql.Create, place: Place) -> None:
        made = statement.this
        if isinstance(made, sql.Schema):
            draft = TableDraft(made.this.name, place.span, place.section_id, place.tense)
            self.tables[draft.name.casefold()] = draft
            for part in made.expressions:
                add(draft, part, place)
        elif isinstance(made, sql.Index):
            table = made.args.get("table")
            params = made.args.get("params")
            columns = tuple(column_name(one) for one in (params.args.get("columns") if params else None) or ())
            name = made.name or f"on {table.name if table else ''}"
            unique = bool(statement.args.get("unique"))
            self.indexes[name.casefold()] = IndexDraft(
                name, table.name if table else "", columns, unique, place.span, place.tense
            )

    def _drop(self, statement: sql.Drop) -> None:
        for dropped in statement.args.get("tables") or ([statement.this] if statement.this else []):
            name = dropped.name.casefold()
            if statement.args.get("kind") == "INDEX":
                self.indexes.pop(name, None)
            elif self.tables.pop(name, None):
                self.indexes = {key: one for key, one in self.indexes.items() if one.table.casefold() != name}

    def _alter(self, statement: sql.Alter, place: Place) -> None:
        draft = self.tables.get(statement.this.name.casefold())
        if draft is None:
            return
        for action in statement.args.get("actions") or ():
            if isinstance(action, sql.AlterRename):
                del self.tables[draft.name.casefold()]
                draft.name = action.this.name
                self.tables[draft.name.casefold()] = draft
            elif isinstance(action, sql.AddConstraint):
                for part in action.expressions:
                    add(draft, part, place)
            else:
                change(draft, action, place)


def _shifted(line: Callable[[int], Span], first: int, at: int) -> Span:
    return line(first + at)


def _pieces(code: str) -> Iterator[tuple[str, int, int]]:
    """The statements about tables with their first and last line; all of it is one where no word can be told apart."""
    try:
        tokens = sqlglot.tokenize(code)
    except (SqlglotError, RecursionError):
        if _ABOUT_TABLES.search(code):
            yield code, 0, code.count("\n")
        return
    begin, words, line, counted = None, list[str](), 0, 0
    for at, token in enumerate(tokens):
        last = at == len(tokens) - 1
        ends = token.token_type is sqlglot.TokenType.SEMICOLON
        if not ends:
            begin = token.start if begin is None else begin
            words.append(token.text.casefold()) if len(words) < 5 else None
        if begin is not None and (ends or last):
            end = token.start if ends else token.end + 1
            line, counted = line + code.count("\n", counted, begin), begin
            significant = " ".join([word for word in words if word not in _BETWEEN][:2])
            if significant in _FIRST_WORDS:
                yield code[begin:end], line, line + code.count("\n", begin, end)
            begin, words = None, []


def _read(piece: str, language: str) -> sql.Expr | None:
    """The statement in the first dialect that explains it."""
    kept: sql.Expr | None = None
    for dialect in dict.fromkeys((_DIALECTS.get(language, ""), "", "postgres", "mysql", "sqlite", "tsql")):
        try:
            statement = sqlglot.parse_one(piece, dialect=dialect or None)
        except (SqlglotError, RecursionError):
            continue
        if not isinstance(statement, sql.Command):
            return statement
        kept = kept or statement
    return kept
