"""Which table and column a foreign key points at, whatever way it is written (`user.id`, `user (id)`, `user`)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from app.domain.model import Column, Design, KeyKind, Table, name_key
from app.domain.text import Span

_CALL = re.compile(r"\s*(?P<table>[^()]+?)\s*\(\s*(?P<column>[^()]*?)\s*\)")
_MARKS = "\"'`[]→> "


@dataclass(frozen=True, slots=True)
class Join:
    """A column and what it points at; `target` is None where the text has no such table, `to` where no such column.

    A relation that is only drawn has no columns, but perhaps a label, and stands at `drawn`. A key over several columns
    has in `others` what follows its first pair.
    """

    table: Table
    column: Column | None
    target: Table | None
    to: Column | None
    label: str = ""
    others: tuple[tuple[Column, Column], ...] = ()
    drawn: Span | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """All that the key is made of."""
        return (*((self.column,) if self.column else ()), *(here for here, _ in self.others))

    @property
    def targets(self) -> tuple[Column, ...]:
        """What its columns point at, where that is known."""
        return (*((self.to,) if self.to else ()), *(there for _, there in self.others))

    @property
    def name(self) -> str:
        """Its columns, or what a drawn line is called."""
        return ", ".join(column.name for column in self.columns) or self.label


def ends(join: Join) -> str:
    """The ends of the line from the one to the many, as Mermaid and PlantUML both write them."""
    return "|o--o{" if any(column.nullable for column in join.columns) else "||--o{"


def joins(design: Design) -> Iterator[Join]:
    """Every column that is a foreign key, in the order of the text; then what is only drawn."""
    tables = tables_by_key(design)
    seen: set[frozenset[str]] = set()
    for key, table in tables.items():
        for join in _of_table(table, tables):
            seen.add(frozenset((key, name_key(join.target.name) if join.target else "")))
            yield join
    for relation in design.relations:
        many, one = name_key(relation.source), name_key(relation.target)
        if "{" in relation.target_end and "}" not in relation.source_end:
            many, one = one, many
        if many in tables and one in tables and frozenset((many, one)) not in seen:
            yield Join(tables[many], None, tables[one], None, relation.label, drawn=relation.span)


def _of_table(table: Table, tables: dict[str, Table]) -> list[Join]:
    """A key over several columns stands where its first column does, instead of one key for each."""
    alone = [Join(table, c, *_pointed_at(c.references, tables)) for c in table.columns if c.references]
    whole = list(_declared(table, tables))
    alone = _not_in(alone, whole)
    together = list(_together(alone))
    found = [*whole, *together, *_not_in(alone, together)]
    return sorted(found, key=lambda join: table.columns.index(join.columns[0]))


def _not_in(alone: list[Join], whole: list[Join]) -> list[Join]:
    covered = {(column.name, join.target.name) for join in whole if join.target for column in join.columns}
    return [one for one in alone if (one.columns[0].name, one.target.name if one.target else "") not in covered]


def _declared(table: Table, tables: dict[str, Table]) -> Iterator[Join]:
    """Keys over several columns that SQL names apart from the columns. Without columns there they mean its key."""
    for key in table.keys:
        target = tables.get(name_key(key.target)) if key.kind is KeyKind.foreign else None
        if target is None or len(key.columns) < 2:
            continue
        here, there = _named(table, key.columns), _named(target, key.target_columns or _primary(target))
        if len(here) == len(there) == len(key.columns):
            pairs = list(zip(here, there, strict=True))
            yield Join(table, pairs[0][0], target, pairs[0][1], others=tuple(pairs[1:]))


def _together(alone: list[Join]) -> Iterator[Join]:
    """Columns that point one by one at all columns of a key, which none of them could point at alone."""
    groups: dict[str, list[Join]] = {}
    for join in alone:
        if join.target and join.to and not join.to.unique:
            groups.setdefault(name_key(join.target.name), []).append(join)
    for group in groups.values():
        first, target = group[0], group[0].target
        pairs = [(join.column, join.to) for join in group if join.column and join.to]
        primary = _primary(target) if target else ()
        if len(primary) > 1 and sorted(to.name for _, to in pairs) == sorted(primary):
            yield Join(first.table, first.column, target, first.to, others=tuple(pairs[1:]))


def _primary(table: Table) -> tuple[str, ...]:
    """The columns of the primary key, in its own order where SQL gives one."""
    declared = next((key.columns for key in table.keys if key.kind is KeyKind.primary), ())
    return declared or tuple(column.name for column in table.columns if column.primary_key)


def _named(table: Table, names: Sequence[str]) -> list[Column]:
    """The columns with these names; up to the first that is not there."""
    known = {name_key(column.name): column for column in table.columns}
    return [known[name_key(name)] for name in takewhile(lambda name: name_key(name) in known, names)]


def tables_by_key(design: Design) -> dict[str, Table]:
    """Of tables with one name the first counts."""
    tables: dict[str, Table] = {}
    for table in design.tables:
        tables.setdefault(name_key(table.name), table)
    return tables


def _pointed_at(written: str, tables: dict[str, Table]) -> tuple[Table | None, Column | None]:
    """Without a column it is the table's only primary key. A name before the table's may be its schema."""
    call = _CALL.match(written)
    if call:
        place, name = call["table"].strip(_MARKS), call["column"].strip(_MARKS)
    else:
        whole = tables.get(name_key(written.strip(_MARKS)))
        place, _, name = (written.strip(_MARKS), "", "") if whole else written.strip(_MARKS).rpartition(".")
        place = place or written.strip(_MARKS)
        name = name if place != written.strip(_MARKS) else ""
    table = tables.get(name_key(place)) or tables.get(name_key(place.rpartition(".")[2]))
    if table is None:
        return None, None
    if not name:
        keys = [column for column in table.columns if column.primary_key]
        return table, keys[0] if len(keys) == 1 else None
    return table, next((column for column in table.columns if name_key(column.name) == name_key(name)), None)
