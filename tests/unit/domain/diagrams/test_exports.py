"""Drawings in other notations: nothing is lost on the way, and no text of the document acts in them."""

import sqlite3

import pytest
import sqlglot

from app.domain.diagrams.draw import CannotDraw, Diagram, Notation, default_diagram, draw
from app.domain.diagrams.sql import Dialect
from app.domain.model import Design, StepKind, name_key
from app.domain.parse import parse
from tests.corpus import documents
from tests.unit.domain.diagrams.drawn import Drawn

TEXT = """# Shop

## Components

### Till
- **Purpose**: takes money
- **Layer**: Front
- **Dependencies**: Book keeping (every sale), Bank (external)

### Book keeping
- **Dependencies**: till

## Flows

### Buying

1. Shopper → Till: pays
2. Till → Bank
3. Thunder rolls
4. Reply comes back

### Closing

1. Till → Book keeping: the day

## Schema

### sale

| Column | Type | Null | Key | Default |
| --- | --- | --- | --- | --- |
| id | bigserial | no | PK | |
| till | varchar(20) | no | UNIQUE | 'one' |
| at | timestamptz | no | | now() |
| mood | feeling | yes | | happy |

### line

| Column | Type | Null | Key |
| --- | --- | --- | --- |
| sale_id | bigint | no | PK, FK → sale.id |
| nr | int | no | PK |
| note | text | yes | FK → sale.id |
| tax | numeric(8, 2) | yes | FK → law.id |

## Indexes

- ix_line_nr on line(nr): order
- ix_lost on nowhere(x): lost

## Pipeline

1. Test
2. Approval
3. Deploy to production
"""
WHERE = [
    (Diagram.components, Notation.mermaid),
    (Diagram.components, Notation.plantuml),
    (Diagram.components, Notation.structurizr),
    (Diagram.sequence, Notation.mermaid),
    (Diagram.sequence, Notation.plantuml),
    (Diagram.er, Notation.mermaid),
    (Diagram.er, Notation.plantuml),
    (Diagram.er, Notation.sql),
    (Diagram.pipeline, Notation.mermaid),
]
EVERYTHING = [*WHERE, *((diagram, Notation.svg) for diagram in Diagram)]
HOSTILE = "</svg>\"';]}%$`#|\\"


@pytest.fixture(scope="module")
def design() -> Design:
    return parse(TEXT)


def lines(design, diagram, notation):
    return [line.strip() for line in draw(design, diagram, notation).splitlines()]


def test_components_in_mermaid(design):
    assert lines(design, Diagram.components, Notation.mermaid) == [
        "flowchart TD",
        'c1["Till"]',
        'c2["Book keeping"]',
        'x3(["Bank"])',
        "c1 --> c2",
        "c1 --> x3",
        "c2 --> c1",
    ]


def test_components_in_c4(design):
    shown = lines(design, Diagram.components, Notation.plantuml)
    assert 'Component(c1, "Till", "Front", "takes money")' in shown
    assert 'System_Ext(x3, "Bank", "external")' in shown
    assert 'Rel(c1, c2, "every sale")' in shown
    assert (shown[0], shown[-1]) == ("@startuml", "@enduml")


def test_components_in_structurizr(design):
    text = draw(design, Diagram.components, Notation.structurizr)
    assert 'c1 = component "Till" "takes money" "Front"' in text
    assert 'c1 -> c2 "every sale"' in text
    assert text.count("{") == text.count("}")


def test_what_lies_outside_does_not_take_the_name_of_the_system():
    text = draw(parse(TEXT.replace("# Shop", "# Bank")), Diagram.components, Notation.structurizr)
    assert 'x3 = softwareSystem "Bank (x3)"' in text


def test_flows_in_mermaid_are_read_back_as_they_were(design):
    code = draw(design, Diagram.sequence, Notation.mermaid)
    (flow,) = parse(f"## Flows\n\n```mermaid\n{code}```\n").flows
    calls = [(step.source, step.target, step.text) for step in flow.steps if step.kind is StepKind.call]
    assert [call for call in calls if call[2] != "#32;"] == [
        ("Shopper", "Till", "pays"),
        ("Till", "Book keeping", "the day"),
    ]
    assert [(step.source, step.target) for step in flow.steps if step.kind is StepKind.answer] == [
        ("Bank", "Till"),
        ("Till", "Shopper"),
    ]


def test_flows_in_plantuml_stand_under_their_names(design):
    shown = lines(design, Diagram.sequence, Notation.plantuml)
    assert shown.index("== Buying ==") < shown.index("note across : Thunder rolls") < shown.index("== Closing ==")
    assert "p3 --> p2 : Reply comes back" in shown


def test_tables_in_mermaid_are_read_back_as_they_were(design):
    code = draw(design, Diagram.er, Notation.mermaid)
    back = parse(f"## Schema\n\n```mermaid\n{code}```\n").tables
    for one, other in zip(design.tables, back, strict=True):
        assert [c.name for c in one.columns] == [c.name for c in other.columns]
        assert [c.primary_key for c in one.columns] == [c.primary_key for c in other.columns]


def test_a_pipeline_in_mermaid(design):
    assert lines(design, Diagram.pipeline, Notation.mermaid)[2:] == [
        's2{{"Approval"}}',
        "s1 --> s2",
        's3["Deploy to production"]',
        "s2 --> s3",
        's3 -.-> e1(["production"])',
    ]


def test_sqlite_runs_it_and_has_the_keys(design):
    database = sqlite3.connect(":memory:")
    database.executescript(draw(design, Diagram.er, Notation.sql, Dialect.sqlite))
    assert [row[1:4] for row in database.execute("PRAGMA table_info(sale)")] == [
        ("id", "INTEGER", 0),
        ("till", "TEXT", 1),
        ("at", "TEXT", 1),
        ("mood", "TEXT", 0),
    ]
    assert [row[2:5] for row in database.execute("PRAGMA foreign_key_list(line)")] == [("sale", "sale_id", "id")]
    assert "ix_line_nr" in [row[1] for row in database.execute("PRAGMA index_list(line)")]
    database.close()


def test_postgresql_gets_types_defaults_and_comments_for_what_is_open(design):
    text = draw(design, Diagram.er, Notation.sql)
    kinds = [type(one).__name__ for one in sqlglot.parse(text, dialect="postgres")]
    assert kinds == ["Create", "Create", "Alter", "Create", "Semicolon"]
    assert '"at" timestamp with time zone NOT NULL DEFAULT now(),' in text
    assert "\"till\" varchar(20) NOT NULL UNIQUE DEFAULT 'one'," in text
    assert '"mood" text, -- type as written: feeling; default as written: happy' in text
    assert 'ALTER TABLE "line" ADD FOREIGN KEY ("sale_id") REFERENCES "sale" ("id");' in text
    assert "-- line.note refers to sale.id, which is no key of a like type here" in text
    assert "-- line.tax refers to law.id" in text
    assert "-- index ix_lost: table or columns are not known here" in text


def test_unique_keys_over_several_columns_are_kept():
    code = "CREATE TABLE a (x INT, y INT, UNIQUE (x, y));\nCREATE UNIQUE INDEX ix ON a (y);"
    text = draw(parse(f"## Schema\n\n```sql\n{code}\n```\n"), Diagram.er, Notation.sql)
    assert 'UNIQUE ("x", "y")' in text
    assert 'CREATE UNIQUE INDEX "ix" ON "a" ("y");' in text


@pytest.mark.parametrize("default", ["1; DROP TABLE x", "'it''s'", "'a\\", "now() --", "'", "(1)"])
def test_a_default_that_is_no_plain_value_stays_a_comment(default):
    row = f"| a | text | yes | | {default} |\n"
    text = "## Schema\n\n### t\n\n| Column | Type | Null | Key | Default |\n| --- | --- | --- | --- | --- |\n" + row
    drawn = draw(parse(text), Diagram.er, Notation.sql)
    assert "DEFAULT" not in drawn
    assert "-- default as written: " in drawn


@pytest.mark.parametrize(("diagram", "notation"), EVERYTHING)
def test_hostile_names_stay_names(diagram, notation):
    words = {"Till": HOSTILE, "sale": f"sale{HOSTILE}", "Approval": f"Approval {HOSTILE}", "pays": HOSTILE}
    text = TEXT
    for word, evil in words.items():
        text = text.replace(word, "".join(f"\\{c}" if c in "<\"'`|\\]}" else c for c in evil))
    drawn = draw(parse(text), diagram, notation)
    if notation is Notation.svg:
        assert Drawn(drawn).root is not None
    elif notation is Notation.sql:
        sqlite3.connect(":memory:").executescript(draw(parse(text), diagram, notation, Dialect.sqlite))
    elif notation is Notation.structurizr:
        assert all(line.replace('\\"', "").count('"') % 2 == 0 for line in drawn.splitlines())
    else:
        assert "</svg>" not in drawn
        assert HOSTILE not in drawn


@pytest.mark.parametrize("diagram", Diagram)
@pytest.mark.parametrize("notation", Notation)
def test_what_cannot_be_drawn_is_said_in_a_sentence(diagram, notation):
    with pytest.raises(CannotDraw) as raised:
        draw(parse("# Nothing\n"), diagram, notation)
    known = (diagram, notation) in EVERYTHING
    assert ("nothing to draw" if known else "cannot be written as") in str(raised.value)


def test_who_asks_for_sql_means_the_tables():
    assert default_diagram(Notation.sql) is Diagram.er
    assert default_diagram(Notation.svg) is Diagram.components


def test_a_file_of_several_flows_has_each_under_its_name_and_its_own_style(design):
    svg = draw(design, Diagram.sequence, Notation.svg)
    drawn = Drawn(svg)
    assert [title.text for title in drawn.all("graph-title")] == ["Buying", "Closing"]
    assert svg.count("<style>") == 1
    assert "href" not in draw(design, Diagram.components, Notation.svg)


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_every_document_is_drawn_or_says_why_not(path):
    design = parse(path.read_text(encoding="utf-8"))
    for diagram, notation in EVERYTHING:
        try:
            drawn = draw(design, diagram, notation)
        except CannotDraw:
            continue
        if notation is Notation.svg:
            assert Drawn(drawn).label
        elif notation is Notation.sql:
            sqlite3.connect(":memory:").executescript(draw(design, diagram, notation, Dialect.sqlite))


def test_names_that_are_one_name_are_one_box():
    text = "## Components\n\n### API gateway\n- **Dependencies**: none\n\n### api-gateway\n- **Dependencies**: none\n"
    design = parse(text)
    assert name_key(design.components[0].name) == name_key(design.components[1].name)
    for notation in (Notation.mermaid, Notation.plantuml, Notation.structurizr):
        assert draw(design, Diagram.components, notation).count("c1") == 1


@pytest.mark.parametrize(
    ("written", "postgresql", "sqlite"),
    [
        ("text[]", "text[]", "TEXT -- type as written: text[]"),
        ("Numeric (8 , 2)", "numeric(8,2)", "NUMERIC"),
        ("numeric(5000, 2)", "numeric", "NUMERIC"),
        ("varchar(2, 2)", "text -- type as written: varchar(2, 2)", "TEXT"),
        ("string", "text", "TEXT"),
        ("BIGINT", "bigint", "INTEGER"),
        ("bytes", "bytea", "BLOB"),
        ("", "text -- type as written: none", "TEXT -- type as written: none"),
        (
            "int); DROP TABLE x",
            "text -- type as written: int); DROP TABLE x",
            "TEXT -- type as written: int); DROP TABLE x",
        ),
    ],
)
def test_types_are_those_of_the_database_or_text(written, postgresql, sqlite):
    text = f"## Schema\n\n### t\n\n| Column | Type | Default |\n| --- | --- | --- |\n| a | {written} | |\n"
    for dialect, kind in ((Dialect.postgresql, postgresql), (Dialect.sqlite, sqlite)):
        assert f'  "a" {kind}\n' in draw(parse(text), Diagram.er, Notation.sql, dialect)


@pytest.mark.parametrize("notation", [Notation.mermaid, Notation.plantuml, Notation.structurizr])
def test_what_is_listed_outside_and_described_inside_is_one_box(notation):
    text = "## Components\n\n### Ledger\n- **Purpose**: p\n\n### External systems\n\n- ledger: same\n- Bank: other\n"
    drawn = draw(parse(text), Diagram.components, notation)
    assert drawn.casefold().count("ledger") == 1
    assert "Bank" in drawn
