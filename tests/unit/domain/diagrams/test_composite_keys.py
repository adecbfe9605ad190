"""Foreign keys over several columns: one key in every notation, whichever way the text says it."""

import sqlite3

import pytest

from app.domain.diagrams.draw import Diagram, Notation, draw
from app.domain.diagrams.entities import entities_svg
from app.domain.diagrams.references import joins
from app.domain.diagrams.sql import Dialect, schema
from app.domain.model import Design
from app.domain.parse import parse
from tests.unit.domain.diagrams.drawn import Drawn

ROOM = "CREATE TABLE room (house int, nr int, code text, PRIMARY KEY (house, nr), UNIQUE (nr, code));"
CELLS = """## Schema

### room

| Column | Type | Null | Key |
| --- | --- | --- | --- |
| house | int | no | PK |
| nr | int | no | PK |

### bed

| Column | Type | Null | Key |
| --- | --- | --- | --- |
| id | int | no | PK |
| nr | int | no | FK → room.nr |
| house | int | no | FK → room.house |
"""


def sql(*statements: str) -> Design:
    body = "\n".join((ROOM, *statements))
    return parse(f"## Schema\n\n```sql\n{body}\n```\n")


def bed(constraint: str) -> Design:
    return sql(f"CREATE TABLE bed (id int PRIMARY KEY, h int, n int, c text, {constraint});")


def found(design: Design) -> list[tuple[str, str, str]]:
    said = [
        (join, ", ".join(c.name for c in join.columns), ", ".join(c.name for c in join.targets))
        for join in joins(design)
    ]
    return [(columns, join.target.name if join.target else "", targets) for join, columns, targets in said]


@pytest.mark.parametrize(
    ("design", "columns", "targets"),
    [
        (bed("FOREIGN KEY (h, n) REFERENCES room (house, nr)"), "h, n", "house, nr"),
        (bed("FOREIGN KEY (h, n) REFERENCES room"), "h, n", "house, nr"),
        (bed("FOREIGN KEY (n, h) REFERENCES room (nr, house)"), "n, h", "nr, house"),
        (bed("FOREIGN KEY (n, c) REFERENCES room (nr, code)"), "n, c", "nr, code"),
        (parse(CELLS), "nr, house", "nr, house"),
    ],
)
def test_it_is_one_key(design, columns, targets):
    assert found(design) == [(columns, "room", targets)]
    drawn = Drawn(entities_svg(design))
    drawn.assert_sound()
    assert drawn.titles("graph-join") == [f"bed.{columns} refers to room.{targets}"]
    for notation in (Notation.mermaid, Notation.plantuml):
        assert columns in draw(design, Diagram.er, notation)
    quoted = [", ".join(f'"{name}"' for name in names.split(", ")) for names in (columns, targets)]
    for dialect in Dialect:
        made = schema(design, dialect)
        assert f'FOREIGN KEY ({quoted[0]}) REFERENCES "room" ({quoted[1]})' in made
        assert "--" not in made


def test_a_database_holds_rows_to_it():
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = on")
    connection.executescript(schema(parse(CELLS), Dialect.sqlite))
    connection.execute("INSERT INTO room (house, nr) VALUES (1, 2)")
    connection.execute("INSERT INTO bed (id, house, nr) VALUES (1, 1, 2)")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute("INSERT INTO bed (id, house, nr) VALUES (2, 2, 1)")
    connection.close()


def test_two_keys_to_one_table_stay_two():
    two = sql(
        "CREATE TABLE door (a int, b int, c int, d int, FOREIGN KEY (a, b) REFERENCES room,"
        " FOREIGN KEY (c, d) REFERENCES room (house, nr));"
    )
    assert found(two) == [("a, b", "room", "house, nr"), ("c, d", "room", "house, nr")]


def test_part_of_a_key_is_none():
    design = parse(CELLS.replace("FK → room.house", ""))
    assert found(design) == [("nr", "room", "nr")]
    assert "-- bed.nr refers to room.nr, which is no key of a like type here" in schema(design, Dialect.sqlite)


@pytest.mark.parametrize(
    "constraint",
    [
        "FOREIGN KEY (h, c) REFERENCES room (house, nr)",
        "FOREIGN KEY (h, c) REFERENCES room (house, code)",
    ],
    ids=["another type", "no key"],
)
def test_what_no_database_would_take_is_a_comment(constraint):
    made = schema(bed(constraint), Dialect.postgresql)
    assert "FOREIGN KEY" not in made
    assert "-- bed.h, c refers to room.house" in made


def test_columns_that_are_not_there_leave_each_for_itself():
    assert found(bed("FOREIGN KEY (h, x) REFERENCES room (house, nr)")) == [("h", "room", "house")]
    assert found(bed("FOREIGN KEY (h, n) REFERENCES cave (a, b)")) == [("h", "", ""), ("n", "", "")]


def test_a_number_that_counts_by_itself_has_no_default_and_a_unique_column_can_be_referred_to():
    rows = "| a | serial | | | 7 |\n| b | text | | UNIQUE | |\n| c | text | | FK → t.b | |\n"
    text = f"## Schema\n\n### t\n\n| Column | Type | Null | Key | Default |\n| --- | --- | --- | --- | --- |\n{rows}"
    drawn = draw(parse(text), Diagram.er, Notation.sql)
    assert "DEFAULT" not in drawn
    assert 'FOREIGN KEY ("c") REFERENCES "t" ("b")' in drawn
