"""The schema as statements that PostgreSQL or SQLite runs. What the text leaves open stays a comment.

Names are quoted, types come from a closed list, and nothing else of the text is written outside comments.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from app.domain.diagrams.references import Join, joins, tables_by_key
from app.domain.model import Column, Design, Index, KeyKind, Table, name_key

_TYPE = re.compile(
    r"(?P<name>[a-z][a-z0-9]*(?: [a-z]+)*?)\s*(?P<size>\(\s*[1-9]\d{0,3}\s*(?:,\s*\d\s*)?\))?(?P<rest>(?: [a-z]+)*)"
    r"\s*(?P<array>(?:\[\s*\])*)",
    re.IGNORECASE,
)
_NUMBER = r"-?\d{1,18}(?:\.\d{1,18})?"
_NOW = r"current_timestamp|now\(\)"
_DEFAULTS = {
    "integer": r"-?\d{1,4}",
    "number": _NUMBER,
    "text": r"'[^'\\\x00]*'",
    "boolean": "true|false",
    "timestamp": _NOW,
    "timestamp with time zone": _NOW,
    "date": "current_date",
    "uuid": r"gen_random_uuid\(\)",
}
# By the names that authors use: the type in PostgreSQL. SQLite takes its kind of storage from the type after that.
_WRITTEN = {
    "smallint": "smallint int2",
    "integer": "integer int int4 number mediumint tinyint",
    "bigint": "bigint int8 long i64 u64 int64 uint64",
    "smallserial": "smallserial",
    "serial": "serial autoincrement",
    "bigserial": "bigserial",
    "numeric": "numeric decimal money",
    "real": "real float4",
    "double precision": "double_precision float float8 double f64",
    "boolean": "boolean bool",
    "varchar": "varchar character_varying nvarchar",
    "char": "char character bpchar",
    "text": "text string str longtext mediumtext clob citext",
    "bytea": "bytea blob binary varbinary bytes",
    "uuid": "uuid guid",
    "json": "json",
    "jsonb": "jsonb",
    "date": "date",
    "time": "time time_without_time_zone",
    "timestamp": "timestamp datetime timestamp_without_time_zone",
    "timestamp with time zone": "timestamptz timestamp_with_time_zone datetimeoffset",
    "interval": "interval duration",
    "inet": "inet ip",
}
TYPES = {made: tuple(name.replace("_", " ") for name in names.split()) for made, names in _WRITTEN.items()}
_NAMES = {name: made for made, names in TYPES.items() for name in names}
_SIZED = frozenset({"numeric", "varchar", "char"})
_FAMILIES = {
    **dict.fromkeys(("smallint", "integer", "bigint", "smallserial", "serial", "bigserial"), "integer"),
    **dict.fromkeys(("numeric", "real", "double precision"), "number"),
    **dict.fromkeys(("varchar", "char", "text"), "text"),
}
_SQLITE = {
    **dict.fromkeys(("smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "boolean"), "INTEGER"),
    **dict.fromkeys(("real", "double precision"), "REAL"),
    "numeric": "NUMERIC",
    "bytea": "BLOB",
}


class Dialect(StrEnum):
    """Whose statements."""

    postgresql = "postgresql"
    sqlite = "sqlite"


def schema(design: Design, dialect: Dialect) -> str:
    """Tables, then keys between them (in SQLite inside the tables), then indexes."""
    tables = {key: table for key, table in tables_by_key(design).items() if table.columns and table.name}
    keys: dict[str, list[str]] = {key: [] for key in tables}
    found = [join for join in joins(design) if join.column and name_key(join.table.name) in tables]
    for join in found:
        if foreign := _foreign(join):
            keys[name_key(join.table.name)].append(foreign)
    inside = dialect is Dialect.sqlite
    parts = [_table(table, dialect, keys[key] if inside else []) for key, table in tables.items()]
    if not inside:
        parts += [f"ALTER TABLE {_quoted(tables[key].name)} ADD {one};\n" for key in tables for one in keys[key]]
    parts += [f"-- {_words(table.name)}: no columns are given\n" for table in design.tables if not table.columns]
    parts += [f"-- {_words(_open_end(join))}\n" for join in found if not _foreign(join)]
    return "\n".join([*parts, *_indexes(design.indexes, tables)])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("\x00", "") + '"'


def _list(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _words(value: str) -> str:
    """For a comment: on one line."""
    return " ".join(value.replace("\x00", "").split())


def _unique(columns: Sequence[Column]) -> list[Column]:
    """Of columns with one name the first counts, as a database sees names: without case."""
    found: dict[str, Column] = {}
    for column in columns:
        found.setdefault(column.name.casefold(), column)
    return list(found.values())


def _table(table: Table, dialect: Dialect, foreign: Sequence[str]) -> str:
    columns = _unique(table.columns)
    lines = [_column(column, dialect) for column in columns]
    ends = [f"  PRIMARY KEY ({_list(names)})"] if (names := [c.name for c in columns if c.primary_key]) else []
    ends += [f"  UNIQUE ({_list(names)})" for names in _groups(table, columns)]
    ends += [f"  {one}" for one in foreign]
    rows = [*lines, *((end, "") for end in ends)]
    body = "\n".join(
        f"{row}{'' if at == len(rows) - 1 else ','}{f' -- {note}' if note else ''}"
        for at, (row, note) in enumerate(rows)
    )
    return f"CREATE TABLE {_quoted(table.name)} (\n{body}\n);\n"


def _groups(table: Table, columns: Sequence[Column]) -> Iterator[list[str]]:
    """Unique keys over several columns that are all there."""
    names = {column.name.casefold(): column.name for column in columns}
    for key in table.keys:
        found = [names[name.casefold()] for name in key.columns if name.casefold() in names]
        if key.kind is KeyKind.unique and len(found) == len(key.columns) > 1:
            yield found


def _column(column: Column, dialect: Dialect) -> tuple[str, str]:
    """The definition, and what of the text it could not say."""
    kind, understood = _type(column.type, dialect)
    notes = [] if understood else [f"type as written: {_words(column.type) or 'none'}"]
    words = [f"  {_quoted(column.name)}", kind]
    if not column.nullable and not column.primary_key:
        words.append("NOT NULL")
    if column.unique and not column.primary_key:
        words.append("UNIQUE")
    default = column.default.strip()
    if default and _fits(default, column, dialect):
        words.append(f"DEFAULT {default}")
    elif default:
        notes.append(f"default as written: {_words(default)}")
    return " ".join(words), "; ".join(notes)


def _fits(default: str, column: Column, dialect: Dialect) -> bool:
    """Whether it is a plain value, or a function that both know, of the column's type."""
    family = _family(column)
    if "serial" in _type(column.type, Dialect.postgresql)[0]:
        return False  # counts by itself
    if dialect is Dialect.sqlite and default.endswith(")"):
        return False
    return any(re.fullmatch(pattern, default, re.IGNORECASE) for pattern in ("null", _DEFAULTS.get(family, "null")))


def _family(column: Column) -> str:
    """Types of one family can be compared, and have defaults of one form."""
    made, understood = _type(column.type, Dialect.postgresql)
    return _FAMILIES.get(made.partition("(")[0], made) if understood else "text"


def _type(written: str, dialect: Dialect) -> tuple[str, bool]:
    """The type and whether it is the one that is meant; text holds whatever is not understood."""
    match = _TYPE.fullmatch(written.strip().strip("`"))
    name = f"{match['name']}{match['rest']}" if match else ""
    made = _NAMES.get(" ".join(name.lower().split()))
    if match is None or made is None or (dialect is Dialect.sqlite and match["array"]):
        return ("text" if dialect is Dialect.postgresql else "TEXT"), False
    if dialect is Dialect.sqlite:
        return _SQLITE.get(made, "TEXT"), True
    size = "".join((match["size"] or "").split()) if made in _SIZED else ""
    if "," in size and made != "numeric":
        return "text", False
    if made == "numeric" and len(size) > len("(999,9)"):
        size = ""
    return made + size + "[]" * match["array"].count("["), True


def _foreign(join: Join) -> str:
    """The key as a database takes it: what it points at is a key there, whole, and of a like type. Else nothing."""
    here, there = join.columns, join.targets
    if not (join.target and here and len(here) == len(there) and _is_key(join.target, there)):
        return ""
    if any(_family(one) != _family(other) for one, other in zip(here, there, strict=True)):
        return ""
    where = f"{_quoted(join.target.name)} ({_list([column.name for column in there])})"
    return f"FOREIGN KEY ({_list([column.name for column in here])}) REFERENCES {where}"


def _open_end(join: Join) -> str:
    columns = ", ".join(column.name for column in join.columns)
    written = ", ".join(dict.fromkeys(column.references for column in join.columns))
    return f"{join.table.name}.{columns} refers to {written}, which is no key of a like type here"


def _is_key(table: Table, columns: Sequence[Column]) -> bool:
    if len(columns) == 1 and columns[0].unique:
        return True
    known = _unique(table.columns)
    names = sorted(column.name for column in columns)
    keys = [[column.name for column in known if column.primary_key], *_groups(table, known)]
    return any(sorted(key) == names for key in keys)


def _indexes(indexes: Sequence[Index], tables: dict[str, Table]) -> Iterator[str]:
    """Those whose table and columns are there; a name is given once."""
    seen: set[str] = set()
    for index in indexes:
        table = tables.get(name_key(index.table))
        known = {name_key(column.name): column.name for column in table.columns} if table else {}
        columns = [known[name_key(name)] for name in index.columns if name_key(name) in known]
        if (
            table
            and columns
            and index.name
            and len(columns) == len(index.columns)
            and index.name.casefold() not in seen
        ):
            seen.add(index.name.casefold())
            made = "CREATE UNIQUE INDEX" if index.unique else "CREATE INDEX"
            yield f"{made} {_quoted(index.name)} ON {_quoted(table.name)} ({_list(columns)});\n"
        else:
            yield f"-- index {_words(index.name)}: table or columns are not known here\n"
