"""Which table and column a foreign key points at, whatever way it is written (`user.id`, `user (id)`, `user`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.model import Column, Design, Table, name_key

_CALL = re.compile(r"\s*(?P<table>[^()]+?)\s*\(\s*(?P<column>[^()]*?)\s*\)")
_MARKS = "\"'`[]→> "


@dataclass(frozen=True, slots=True)
class Join:
    """A column and what it points at; `target` is None where the text has no such table, `to` where no such column.

    A relation that is only drawn has no columns, but perhaps a label.
    """

    table: Table
    column: Column | None
    target: Table | None
    to: Column | None
    label: str = ""


def joins(design: Design) -> Iterator[Join]:
    """Every column that is a foreign key, in the order of the text; then what is only drawn."""
    tables = tables_by_key(design)
    seen: set[frozenset[str]] = set()
    for key, table in tables.items():
        for column in table.columns:
            if column.references:
                target, to = _pointed_at(column.references, tables)
                seen.add(frozenset((key, name_key(target.name) if target else "")))
                yield Join(table, column, target, to)
    for relation in design.relations:
        many, one = name_key(relation.source), name_key(relation.target)
        if "{" in relation.target_end and "}" not in relation.source_end:
            many, one = one, many
        if many in tables and one in tables and frozenset((many, one)) not in seen:
            yield Join(tables[many], None, tables[one], None, relation.label)


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
