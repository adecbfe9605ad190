"""What differs between the drawings of two designs."""

from app.domain.diff.drawings import GraphChanges, compare_graphs
from app.domain.parse import parse

TEXT = """# T

## Components

### Billing

- **Purpose**: Bills.
- **Dependencies**: Store

### Store

- **Purpose**: Keeps.

## Database Schema

### users

| Column | Type |
|---|---|
| id | int |
| phone | text |

## Deployment Pipeline

1. build
2. deploy
"""


def changes(old: str, new: str) -> tuple[list[str], list[str], list[str]]:
    found = compare_graphs(parse(TEXT), parse(TEXT.replace(old, new)))
    sides = (found.added, found.removed, found.changed)
    added, removed, changed = ([f"{shape.noun} {shape.name}" for shape in side] for side in sides)
    return added, removed, changed


def test_nothing_differs_from_itself():
    assert compare_graphs(parse(TEXT), parse(TEXT)) == GraphChanges((), (), ())


def test_a_dependency_is_an_edge():
    added = changes("Dependencies**: Store", "Dependencies**: Store, Ledger")[0]
    assert added == ["dependency Billing → Ledger"]


def test_a_column_goes_and_another_changes():
    assert changes("| phone | text |\n", "") == ([], ["column users.phone"], [])
    assert changes("| text |", "| int |") == ([], [], ["column users.phone"])


def test_a_stage_between_two_others():
    added, removed, _ = changes("2. deploy", "2. test\n3. deploy")
    assert added == ["stage test", "order build → test", "order test → deploy"]
    assert removed == ["order build → deploy"]
