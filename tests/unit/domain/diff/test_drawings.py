"""What differs between the drawings of two designs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff.drawings import Subject, compare_drawings
from app.domain.parse import parse

TEXT = """# T

## Components

### Billing

- **Purpose**: Bills what was sold, every night, once.
- **Dependencies**: Store, Mail

### Store

- **Purpose**: Keeps every order and gives it out again.

### External systems

- Mail: takes letters

## Data Flow

### Pay

1. Billing → Store: ask
2. Store → Mail: send
3. Response flows back

## Database Schema

### users

| Column | Type | Key |
|---|---|---|
| id | int | PK |
| phone | text | |

### orders

| Column | Type | Key |
|---|---|---|
| id | int | PK |
| user_id | int | FK → users.id |

## Environments

- staging: for trying

## Deployment Pipeline

1. build
2. deploy to staging

## Notes

```mermaid
flowchart LR
  A[Shop] --> B[Bank]
```
"""


def told(old: str, new: str) -> dict[str, list[str]]:
    """By title what changed, with the facts. A heading with this name is another heading with that name."""
    found = compare_drawings(parse(TEXT), parse(TEXT.replace(old, new)), {(old, new)})
    return {
        one.title: [
            " ".join([change.kind, change.shape.noun, change.shape.name, *(f"({fact})" for fact in change.facts)])
            for change in one.changes
        ]
        for one in found
        if one.changes
    }


def test_every_drawing_is_there_and_none_differs_from_itself():
    found = compare_drawings(parse(TEXT), parse(TEXT))
    assert {one.subject for one in found} == set(Subject)
    assert not any(one.changes for one in found)
    assert [one.title for one in found if one.subject is Subject.chart] == ["Chart in Notes"]


@pytest.mark.parametrize(
    ("old", "new", "title", "changes"),
    [
        ("Store, Mail", "Store, Mail, Ledger", "Component graph", ["added dependency Billing → Ledger"]),
        ("Store, Mail", "Store", "Component graph", ["removed dependency Billing → Mail"]),
        ("Store, Mail", "Store (orders), Mail", "Component graph", ["changed dependency Billing → Store (remark)"]),
        ("once.", "twice.", "Component graph", ["changed component Billing (purpose)"]),
        ("takes letters", "takes parcels", "Component graph", ["changed external system Mail (note)"]),
        ("| phone | text | |\n", "", "Entities and relations", ["removed column users.phone"]),
        ("| text |", "| int |", "Entities and relations", ["changed column users.phone (type)"]),
        ("FK → users.id", "", "Entities and relations", ["removed reference orders.user_id → users.id"]),
        ("FK → users.id", "FK → users.phone", "Entities and relations",
         ["changed reference orders.user_id → users.phone (column)"]),
        ("2. deploy", "2. test\n3. deploy", "Pipeline",
         ["added stage test", "added order build → test", "added order test → deploy to staging",
          "removed order build → deploy to staging"]),
        ("for trying", "for all", "Pipeline", ["changed environment staging (note)"]),
        ("Mail: send", "Mail: post", "Sequence: Pay", ["changed step Store → Mail: post (words)"]),
        ("2. Store → Mail: send\n", "", "Sequence: Pay", ["removed step Store → Mail: send"]),
        ("1. Billing", "1. Mail → Billing: wake\n1. Billing", "Sequence: Pay", ["added step Mail → Billing: wake"]),
        ("--> B[Bank]", "--> C[Card]", "Chart in Notes",
         ["added box Card", "added arrow Shop → Card", "removed box Bank", "removed arrow Shop → Bank"]),
    ],
)  # fmt: skip
def test_nodes_and_edges(old, new, title, changes):
    assert told(old, new) == {title: changes}


def test_what_was_renamed_keeps_its_edges():
    assert told("Store", "Warehouse")["Component graph"] == ["renamed component Warehouse"]
    assert told("users", "people") == {"Entities and relations": ["renamed table people"]}
    assert "Sequence: Pay" not in told("Billing", "Accounting")


def test_a_key_to_no_table_and_a_flow_that_is_gone():
    assert told("FK → users.id", "FK → people.id") == {
        "Entities and relations": ["removed reference orders.user_id → users.id"]
    }
    gone = TEXT[: TEXT.index("### Pay")] + TEXT[TEXT.index("## Database") :]
    (pay,) = [one for one in compare_drawings(parse(TEXT), parse(gone)) if one.title == "Sequence: Pay"]
    assert (pay.new_key, [change.kind for change in pay.changes]) == (None, ["removed"] * 3)


def test_a_drawing_that_only_one_design_has_is_new_or_gone():
    without = TEXT[: TEXT.index("## Environments")]
    both = parse(without), parse(TEXT)
    there = {one.subject: (one.old_key, one.new_key) for one in compare_drawings(*both)}
    assert there[Subject.pipeline] == (None, "")
    assert there[Subject.components] == ("", "")
    back = {one.subject: (one.old_key, one.new_key) for one in compare_drawings(*both[::-1])}
    assert back[Subject.pipeline] == ("", None)


@given(st.lists(st.sampled_from(TEXT.splitlines(keepends=True)), max_size=30), st.randoms(use_true_random=False))
def test_added_one_way_is_removed_the_other_way(lines, rng):
    old = parse("".join(lines))
    rng.shuffle(lines)
    new = parse("".join(lines))

    def alone(found, kind):
        return sorted((one.subject, change.shape.noun, change.shape.name) for one in found for change in one.changes
                      if change.kind == kind)  # fmt: skip

    there, back = compare_drawings(old, new), compare_drawings(new, old)
    assert len(alone(there, "added")) == len(alone(back, "removed"))
