"""Tables as PlantUML: columns, keys and marks, and nothing that PlantUML would take for its own."""

from app.domain.diagrams.draw import Diagram, Notation, draw
from app.domain.parse import parse

TEXT = """## Schema

### sale

| Column | Type | Null | Key |
| --- | --- | --- | --- |
| id | bigserial | no | PK |
| till | varchar(20) | no | UNIQUE |

### line

| Column | Type | Null | Key |
| --- | --- | --- | --- |
| sale_id | bigint | no | PK, FK → sale.id |
| note | text | yes | FK → sale.id |
| tax | numeric(8, 2) | yes | FK → law.id |
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in draw(parse(text), Diagram.er, Notation.plantuml).splitlines()]


def test_tables_columns_and_keys():
    assert lines(TEXT) == [
        "@startuml",
        "hide circle",
        'entity "sale" as t1 {',
        "* id : bigserial <<PK>>",
        "* till : varchar<U+0028>20<U+0029> <<UK>>",
        "}",
        'entity "line" as t2 {',
        "* sale_id : bigint <<PK>> <<FK>>",
        "note : text <<FK>>",
        "tax : numeric<U+0028>8, 2<U+0029> <<FK>>",
        "}",
        "t1 ||--o{ t2 : sale_id",
        "t1 |o--o{ t2 : note",
        "@enduml",
    ]


def test_what_begins_a_column_means_nothing():
    shown = lines("## Schema\n\n### t\n\n| Column | Type |\n| --- | --- |\n| -a | int |\n| __ | |\n")
    assert "<U+002D>a : int" in shown
    assert "<U+005F>_" in shown
