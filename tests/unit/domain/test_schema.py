"""SQL applied in order, entity-relationship drawings and flowcharts as parts of the model."""

import pytest

from app.domain.model import KeyKind
from app.domain.parse import parse

SQL = """# 😀

```sql
-- what was there
CREATE TABLE IF NOT EXISTS orders (
  id uuid PRIMARY KEY,
  team uuid NOT NULL,
  gone int,
  CONSTRAINT one_name UNIQUE (id, team)
);
CREATE UNIQUE INDEX by_team ON orders (team, lower(gone) DESC);
SELECT 1;
```

Later:

```postgresql
ALTER TABLE orders ADD COLUMN total numeric(10, 2) DEFAULT 0;
ALTER TABLE orders DROP COLUMN gone;
ALTER TABLE orders RENAME COLUMN team TO group_id;
ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (group_id) REFERENCES groups (id);
ALTER TABLE orders ALTER COLUMN total SET NOT NULL;
ALTER TABLE orders RENAME TO purchases;
ALTER TABLE unknown ADD COLUMN x int;
CREATE TABLE old (id int);
CREATE INDEX of_old ON old (id);
DROP TABLE old;
```
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_statements_are_applied_in_order(end):
    design = parse(SQL.replace("\n", end))
    (table,) = design.tables
    assert (table.name, table.id, table.notation) == ("purchases", "table:purchases", "sql")
    assert [(c.name, c.type, c.primary_key, c.nullable, c.default, c.references) for c in table.columns] == [
        ("id", "UUID", True, False, "", ""),
        ("group_id", "UUID", False, False, "", "groups.id"),
        ("total", "DECIMAL(10, 2)", False, False, "0", ""),
    ]
    assert [(key.kind, key.columns, key.target, key.target_columns) for key in table.keys] == [
        (KeyKind.unique, ("id", "team"), "", ()),
        (KeyKind.foreign, ("group_id",), "groups", ("id",)),
    ]
    assert [(one.name, one.table, one.columns, one.unique) for one in design.indexes] == [
        ("by_team", "orders", ("team", "LOWER(gone)"), True)
    ]
    assert (table.span.first_line, table.columns[1].span.first_line, table.columns[2].span.first_line) == (5, 7, 18)
    assert design.unread_sql == ()


def test_a_statement_that_nobody_can_read_spoils_no_other():
    design = parse("## Schema\n\n```sql\nCREATE TABLE a (id int);\nCREATE TABLE b ((;\nCREATE TABLE c (id int);\n```\n")
    assert [table.name for table in design.tables] == ["a", "c"]
    assert [span.first_line for span in design.unread_sql] == [5]


@pytest.mark.parametrize(
    "statement", ["ALTER TABLE a ADD x int, ADD COLUMN y int", "ALTER TABLE `a` ADD `x` int, ADD `y` int"]
)
def test_dialects(statement):
    (table,) = parse(
        f"# A\n\n```mysql\nCREATE TABLE a (id int AUTO_INCREMENT, PRIMARY KEY (id));\n{statement};\n```\n"
    ).tables
    assert [(column.name, column.primary_key) for column in table.columns] == [("id", True), ("x", False), ("y", False)]


def test_what_a_column_may_become():
    (table,) = parse(
        "# A\n\n```sql\nCREATE TABLE a (x int DEFAULT 1, y int, t int REFERENCES b, PRIMARY KEY (x),"
        " UNIQUE (y), CHECK (x > 1));\n"
        "ALTER TABLE a ALTER COLUMN y TYPE text;\nALTER TABLE a ALTER COLUMN y SET DEFAULT 'z';\n"
        "ALTER TABLE a ALTER COLUMN x DROP DEFAULT;\nALTER TABLE a ALTER COLUMN gone SET NOT NULL;\n"
        "ALTER TABLE a ADD CONSTRAINT u UNIQUE (gone)\n```\n"
    ).tables
    assert [(c.name, c.type, c.primary_key, c.unique, c.default, c.references) for c in table.columns] == [
        *(("x", "INT", True, False, "", ""), ("y", "TEXT", False, True, "'z'", "")),
        ("t", "INT", False, False, "", "b"),
    ]
    assert [(key.kind, key.columns) for key in table.keys] == [
        *((KeyKind.primary, ("x",)), (KeyKind.unique, ("y",))),
        (KeyKind.unique, ("gone",)),
    ]


def test_an_index_that_is_dropped_is_gone():
    code = "CREATE INDEX i ON a (b);\nCREATE INDEX j ON a (b);\nDROP INDEX i;\nDROP TABLE gone;\n"
    assert [index.name for index in parse(f"# A\n\n```sql\n{code}```\n").indexes] == ["j"]


def test_more_sql_than_a_design_can_need_is_said_to_be_unread():
    design = parse("# A\n\n```sql\n" + "CREATE TABLE a (id int); -- é\n" * 4_000 + "```\n")
    assert design.tables == ()
    assert [span.first_line for span in design.unread_sql] == [4]


@pytest.mark.parametrize("made", ["VIEW b AS SELECT id FROM a", "FUNCTION b() RETURNS int AS 'SELECT 1' LANGUAGE sql"])
def test_what_is_made_beside_tables_is_no_table(made):
    design = parse(f"## Schema\n\n```sql\nCREATE TABLE a (id int);\nCREATE {made};\nDROP VIEW b;\n```\n")
    assert [table.name for table in design.tables] == ["a"]


def test_sql_that_makes_nothing_is_no_schema():
    assert parse("# A\n\n```sql\nSELECT created FROM a;\nCREATE VIEW v AS SELECT 1;\n```\n").tables == ()


DRAWN = """## ER diagram

```mermaid
---
title: what belongs to whom
---
%% a comment
erDiagram
  USER ||--o{ LOAN : borrows
  "LINE ITEM" }o..|| LOAN : "is part of"
  LOAN {
    string id PK "number"
    int user_id FK, UK
    nothing here at all
  }
  EMPTY {
  }
  p[Person] {
    string name
  }
```
"""


def test_entities_and_relations():
    design = parse(DRAWN)
    assert [(table.name, table.notation) for table in design.tables] == [("LOAN", "mermaid"), ("Person", "mermaid")]
    assert [(c.name, c.type, c.primary_key, c.unique, c.description) for c in design.tables[0].columns] == [
        ("id", "string", True, False, "number"),
        ("user_id", "int", False, True, ""),
    ]
    assert [(one.source, one.source_end, one.target_end, one.target, one.label) for one in design.relations] == [
        ("USER", "||", "o{", "LOAN", "borrows"),
        ("LINE ITEM", "}o", "||", "LOAN", "is part of"),
    ]
    assert (design.tables[0].span.first_line, design.tables[0].columns[0].span.first_line) == (11, 12)


def test_a_drawing_of_a_table_that_is_described_is_no_second_table():
    text = "## Schema\n\n### loan\n\n| Column | Type |\n| --- | --- |\n| id | int |\n\n"
    assert [table.notation for table in parse(text + DRAWN).tables] == ["table", "mermaid"]


def test_flowcharts():
    (chart,) = parse(
        "## Map\n\n- in a list\n\n  ```mermaid\n  graph TD\n    A[Web <br/> shop] -->|asks| B(API) & C{{Queue}}\n"
        "    B -- writes --> db[(Store)]:::big\n    C -.-> db; B === C\n    D <--> A\n    subgraph x\n    end\n"
        "    style A fill:red\n  ```\n"
    ).charts
    assert [(node.key, node.label) for node in chart.nodes] == [
        *(("A", "Web shop"), ("B", "API"), ("C", "Queue")),
        *(("db", "Store"), ("D", "D")),
    ]
    assert [(edge.source, edge.target, edge.label) for edge in chart.edges] == [
        *(("A", "B", "asks"), ("A", "C", "asks"), ("B", "db", "writes")),
        *(("C", "db", ""), ("B", "C", ""), ("D", "A", ""), ("A", "D", "")),
    ]
    assert chart.nodes[3].span.first_line == 8


@pytest.mark.parametrize(
    "code",
    [
        "graph TD\n" + "A--" * 160 + "\n",
        "graph TD\n" + "A[" * 200,
        "erDiagram\n" + "A ||--" * 80,
        "flowchart",
        "",
        "---",
        "%%",
    ],
)
def test_drawings_that_are_none_harm_nobody(code):
    parse(f"# A\n\n```mermaid\n{code}\n" * 50)
