"""Entities: what keys point at, and the drawing of tables and their relations."""

import pytest

from app.domain.diagrams.entities import MOST_TABLES, entities_svg
from app.domain.diagrams.references import joins
from app.domain.parse import parse
from tests.unit.domain.diagrams.drawn import Drawn


def table(name, *columns):
    head = f"### {name}\n\n| Column | Type | Null | Key | References |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(f"| {' | '.join(column)} |\n" for column in columns) + "\n"


def schema(*tables):
    return parse("## Schema\n\n" + "".join(tables))


USER = table("user", ("id", "INTEGER", "no", "PK", ""), ("name", "TEXT", "no", "", ""))


def booking(references):
    return table("booking", ("id", "INTEGER", "no", "PK", ""), ("guest", "INTEGER", "no", "FK", references))


@pytest.mark.parametrize(
    "written", ["user.id", "user(id)", "User (ID)", "user", "app.user.id", "`user`.`id`", "→ user.id"]
)
def test_a_foreign_key_is_found_however_it_is_written(written):
    (join,) = joins(schema(USER, booking(written)))
    assert (join.target.name, join.to.name) == ("user", "id")


@pytest.mark.parametrize(("written", "target"), [("guest.id", None), ("user.number", "user")])
def test_what_is_not_there_is_none(written, target):
    (join,) = joins(schema(USER, booking(written)))
    assert (join.target and join.target.name, join.to) == (target, None)


def test_a_table_without_a_column_means_its_only_key():
    pair = table("pair", ("a", "INTEGER", "no", "PK", ""), ("b", "INTEGER", "no", "PK", ""))
    (join,) = joins(schema(pair, booking("pair")))
    assert (join.target.name, join.to) == ("pair", None)


def test_the_drawing_has_every_table_column_and_key():
    drawn = Drawn(entities_svg(schema(USER, booking("user.id")), lambda line: f"L{line}"))
    drawn.assert_sound()
    assert drawn.label == "Entities and relations: 2 tables, 1 foreign key"
    assert drawn.titles("graph-join") == ["booking.guest refers to user.id"]
    assert drawn.titles("graph-table") == [
        "user: id INTEGER primary key, name TEXT",
        "booking: id INTEGER primary key, guest INTEGER refers to user.id",
    ]
    assert [mark.text for mark in drawn.all("graph-mark")] == ["PK", "PK", "FK"]
    assert [box.get("href") for box in drawn.all("graph-table")] == ["#L5", "#L12"]


def test_only_keys_and_a_count_of_the_rest():
    drawn = Drawn(entities_svg(schema(USER), keys_only=True))
    assert [name.text for name in drawn.all("graph-column")] == ["id"]
    assert "and 1 more column" in [name.text for name in drawn.all("graph-type")]


def test_a_table_that_refers_to_itself_and_two_that_refer_to_each_other():
    one = table("one", ("id", "INT", "no", "PK", ""), ("up", "INT", "", "FK", "one.id"), ("b", "INT", "", "", "two.id"))
    two = table("two", ("id", "INT", "no", "PK", ""), ("a", "INT", "", "", "one.id"))
    drawn = Drawn(entities_svg(schema(one, two)))
    drawn.assert_sound()
    assert len(drawn.all("graph-join")) == 3


def test_many_tables_are_cut_and_lines_cross_no_box():
    tables = [
        table(f"t{at}", ("id", "INT", "no", "PK", ""), ("a", "INT", "", "FK", f"t{at // 2}.id"))
        for at in range(MOST_TABLES + 2)
    ]
    drawn = Drawn(entities_svg(schema(*tables)))
    drawn.assert_sound()
    assert "2 more tables not drawn" in drawn.label


def test_a_table_declared_twice_has_one_box_and_nothing_is_dropped_without_columns():
    drawn = Drawn(entities_svg(parse("## Schema\n\n```sql\nCREATE TABLE a (id INT);\nCREATE TABLE a (x INT);\n```\n")))
    assert len(drawn.boxes()) == 1


def test_a_relation_that_is_only_drawn_is_a_line_with_its_words():
    code = 'erDiagram\n  a {\n    int id PK\n  }\n  b {\n    int id PK\n  }\n  a ||--o{ b : "has"\n'
    drawn = Drawn(entities_svg(parse(f"## Schema\n\n```mermaid\n{code}```\n")))
    assert drawn.titles("graph-join") == ["b refers to a: has"]


@pytest.mark.parametrize(
    ("relation", "title"),
    [
        ("a }o--|| b", "a refers to b: has"),
        ("a ||--o{ b", "b refers to a: has"),
        ("a }o--o{ b", "a refers to b: has"),
    ],
)
def test_the_many_refer_to_the_one(relation, title):
    code = f'erDiagram\n  a {{\n    int id PK\n  }}\n  b {{\n    int id PK\n  }}\n  {relation} : "has"\n'
    assert Drawn(entities_svg(parse(f"## Schema\n\n```mermaid\n{code}```\n"))).titles("graph-join") == [title]


def test_a_line_to_what_has_no_columns_or_a_key_already_is_not_drawn_again():
    columns = "  a {\n    int id PK\n  }\n  b {\n    int a_id FK\n  }\n"
    code = f"erDiagram\n{columns}  a ||--o{{ b : has\n  a ||--o{{ gone : has\n"
    head = "| Column | Key |\n| - | - |\n"
    written = f"### a\n\n{head}| id | PK |\n\n### b\n\n{head}| a_id | FK → a.id |\n"
    drawn = Drawn(entities_svg(parse(f"## Schema\n\n{written}\n```mermaid\n{code}```\n")))
    assert drawn.titles("graph-join") == ["b.a_id refers to a.id"]
