"""What statements of SQL do to one table: its columns and keys while they are read. No statements and no order here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from sqlglot import expressions as sql

from app.domain.model import Column, Key, KeyKind, Tense
from app.domain.text import Span


@dataclass(slots=True)
class TableDraft:
    """A table as the statements so far leave it."""

    name: str
    span: Span
    section_id: str
    tense: Tense
    columns: dict[str, Column] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class IndexDraft:
    """An index as a statement makes it."""

    name: str
    table: str
    columns: tuple[str, ...]
    unique: bool
    span: Span
    tense: Tense


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: its section and, by line of the code, spans."""

    section_id: str
    tense: Tense
    span: Span
    line: Callable[[int], Span]


def add(draft: TableDraft, part: sql.Expr, place: Place) -> None:
    """A column or a constraint of a table."""
    if isinstance(part, sql.ColumnDef):
        draft.columns[part.name.casefold()] = _column(part, place)
        return
    if isinstance(part, sql.Constraint):
        for inner in part.expressions:
            add(draft, inner, place)
        return
    columns: tuple[str, ...] = ()
    target, target_columns = "", tuple[str, ...]()
    if isinstance(part, sql.PrimaryKey):
        kind, columns = KeyKind.primary, tuple(column_name(one) for one in part.expressions)
    elif isinstance(part, sql.UniqueColumnConstraint) and part.this is not None:
        kind, columns = KeyKind.unique, tuple(column_name(one) for one in part.this.expressions)
    elif isinstance(part, sql.ForeignKey):
        kind, columns = KeyKind.foreign, tuple(one.name for one in part.expressions)
        target, target_columns = _target(part.args.get("reference"))
    else:
        return
    draft.keys.append(Key(kind, columns, target, target_columns, place.span))
    _apply(draft, draft.keys[-1])


def _apply(draft: TableDraft, key: Key) -> None:
    """What a key says of its columns, so that it does not matter which way it is written."""
    alone = len(key.columns) == 1
    for at, name in enumerate(key.columns):
        column = draft.columns.get(name.casefold())
        if column is None:
            continue
        if key.kind is KeyKind.primary:
            column = replace(column, primary_key=True, nullable=False)
        elif key.kind is KeyKind.unique and alone:
            column = replace(column, unique=True)
        elif key.kind is KeyKind.foreign:
            column = replace(column, references=_pointer(key.target, key.target_columns[at : at + 1]))
        draft.columns[name.casefold()] = column


def change(draft: TableDraft, action: sql.Expr, place: Place) -> None:
    if isinstance(action, sql.ColumnDef):
        add(draft, action, place)
    elif isinstance(action, sql.Drop):
        for dropped in action.args.get("tables") or ():
            draft.columns.pop(dropped.name.casefold(), None)
    elif isinstance(action, sql.RenameColumn):
        new = action.args["to"].name
        draft.columns = {
            (new if key == action.this.name.casefold() else key).casefold(): replace(column, name=new)
            if key == action.this.name.casefold()
            else column
            for key, column in draft.columns.items()
        }
    elif isinstance(action, sql.AlterColumn) and (column := draft.columns.get(action.this.name.casefold())):
        draft.columns[action.this.name.casefold()] = _altered(column, action)


def _altered(column: Column, action: sql.AlterColumn) -> Column:
    if action.args.get("dtype"):
        return replace(column, type=action.args["dtype"].sql())
    if action.args.get("default"):
        return replace(column, default=action.args["default"].sql())
    if action.args.get("allow_null") is not None:
        return replace(column, nullable=bool(action.args["allow_null"]))
    return replace(column, default="") if action.args.get("drop") else column


def _column(part: sql.ColumnDef, place: Place) -> Column:
    kinds = {type(constraint.kind): constraint.kind for constraint in part.constraints}
    primary = sql.PrimaryKeyColumnConstraint in kinds
    not_null = kinds.get(sql.NotNullColumnConstraint)
    default, reference = kinds.get(sql.DefaultColumnConstraint), kinds.get(sql.Reference)
    line = part.this.meta.get("line") if isinstance(part.this, sql.Expr) else None
    return Column(
        name=part.name,
        type=part.kind.sql() if part.kind else "",
        primary_key=primary,
        nullable=not primary and (not_null is None or bool(not_null.args.get("allow_null"))),
        unique=sql.UniqueColumnConstraint in kinds,
        default=default.this.sql() if default else "",
        references=_pointer(*_target(reference)),
        description="",
        span=place.line(line - 1) if line else place.span,
        tense=place.tense,
    )


def _target(reference: object) -> tuple[str, tuple[str, ...]]:
    """Table and columns that a foreign key points at."""
    made = reference.this if isinstance(reference, sql.Reference) else None
    if isinstance(made, sql.Schema):
        return made.this.name, tuple(one.name for one in made.expressions)
    return (made.name, ()) if made else ("", ())


def _pointer(table: str, columns: Iterable[str]) -> str:
    """`table.column`, or the table alone."""
    return ".".join([table, *columns][:2]) if table else ""


def column_name(one: sql.Expr) -> str:
    """The column of an index's entry; an expression stays as it is written."""
    inner = one.this if isinstance(one, sql.Ordered) else one
    return inner.name if isinstance(inner, sql.Column | sql.Identifier) else inner.sql()
