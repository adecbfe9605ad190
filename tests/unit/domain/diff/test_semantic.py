"""Two designs compared: what is said, what it weighs, and that nothing is lost."""

import pytest

from app.domain.diff.change import Kind, Weight
from app.domain.diff.semantic import compare, summary
from app.domain.parse import parse
from app.domain.roles import Role

EDITORIAL, WORDING, MATERIAL = Weight

SHOP = """---
title: Shop
status: Draft
owner: Ann
---
# Shop

## Overview

The shop must sell things. See [docs](a.md) for more, and call `run it` twice.
It is now fast, 1.0 of it, and very   nice. People can use it at once, or wait.
This is - as “everybody” knows - a *simple* text with Billing in it; 5 apples, x <= y, 2026-01-02.

> Quoted words.

```sh
run --all  x
```

<p>html here</p>

## Components

### Billing

- **Purpose**: Sends bills.
- **Responsibilities**: bills, reminders
- **Dependencies**: Store
- **Interfaces**: `POST /bills` → 201
- **Owner**: Ann

Billing is written with care.

### Store

- **Purpose**: Keeps things safe.

## Flows

1. Billing → Store: read
2. Store → Billing: answer

## Performance Targets

- p95 latency: < 200 ms

## Database Schema

### users

| Column | Type | Null | Description |
|---|---|---|---|
| id | int | no | The key |
| phone | text | yes | A number |

## Error Handling

- NOT_FOUND (404): nothing is there

## Environments

- staging: for trying
- production: for people

## Deployment Pipeline

1. build
2. deploy to staging

## Open Questions

- [ ] Who pays the bills?

## Risks

Some risks are known here, but this text is otherwise quite empty of them.
"""

CASES = [
    # White space and typographic marks outside code
    ("very   nice", "very nice", EDITORIAL, "layout of Overview changed"),
    ("very   nice", "very\nnice", EDITORIAL, "layout of Overview changed"),
    ("more, and", "more,\nand", EDITORIAL, "layout of Overview changed"),
    ("things. See", "things.\n\nSee", EDITORIAL, "layout of Overview changed"),
    ("“everybody”", '"everybody"', EDITORIAL, "layout of Overview changed"),
    (" - as", " – as", EDITORIAL, "layout of Overview changed"),
    (" - as", " — as", EDITORIAL, "layout of Overview changed"),
    ("*simple*", "_simple_", EDITORIAL, "layout of Overview changed"),
    ("nice.", "nice. ", EDITORIAL, "layout of Overview changed"),
    ("## Risks", "##  Risks ##", EDITORIAL, "layout of Risks changed"),
    ("## Risks", "Risks\n-----", EDITORIAL, "layout of Risks changed"),
    ("|---|---|---|---|", "| ---- | --- | --- | --- |", EDITORIAL, "layout of users changed"),
    ("| id | int |", "|id|int|", EDITORIAL, "layout of users changed"),
    ("1. build\n2. deploy", "1) build\n2) deploy", EDITORIAL, "layout of Deployment Pipeline changed"),
    ("> Quoted words.", "> Quoted\n> words.", EDITORIAL, "layout of Overview changed"),
    ("---\ntitle", "\ufeff---\ntitle", EDITORIAL, "layout of the text before the first heading changed"),
    ("title: Shop\nstatus: Draft", "status: Draft\ntitle: Shop", EDITORIAL,
     "layout of the text before the first heading changed"),
    ("empty of them.\n", "empty of them.", EDITORIAL, "layout of Risks changed"),
    # Words of prose
    ("things. See", "items. See", WORDING, "“things” → “items” in Overview"),
    ("very   nice", "nice", WORDING, "1 word changed in Overview"),
    ("very   nice", "really quite very nice", WORDING, "2 words changed in Overview"),
    ("quite empty", "rather void", WORDING, "“quite empty” → “rather void” in Risks"),
    ("*simple*", "simple", WORDING, "punctuation changed in Overview"),
    ("fast, 1.0", "fast; 1.0", WORDING, "punctuation changed in Overview"),
    ("with care", "with love", WORDING, "“care” → “love” in Billing"),
    ("Quoted words", "Quoted phrases", WORDING, "“words” → “phrases” in Overview"),
    # What binds
    ("is now fast", "is not fast", MATERIAL, "“now” → “not” in Overview"),
    ("must sell", "should sell", MATERIAL, "“must” → “should” in Overview"),
    ("must sell", "must never sell", MATERIAL, "1 word changed in Overview"),
    ("can use", "can't use", MATERIAL, "“can” → “can't” in Overview"),
    ("can use", "cannot use", MATERIAL, "“can” → “cannot” in Overview"),
    ("at once, or", "at once, and", MATERIAL, "“or” → “and” in Overview"),
    ("1.0 of", "10 of", MATERIAL, "“1.0” → “10” in Overview"),
    ("5 apples", "5 pears", MATERIAL, "“apples” → “pears” in Overview"),
    ("x <= y", "x < y", MATERIAL, "punctuation changed in Overview"),
    ("2026-01-02", "2026-02-01", MATERIAL, "“2026-01-02” → “2026-02-01” in Overview"),
    ("with Billing in", "with billing in", MATERIAL, "“Billing” → “billing” in Overview"),
    ("with Billing in", "with everything in", MATERIAL, "“Billing” → “everything” in Overview"),
    ("](a.md)", "](b.md)", MATERIAL, "link target a.md → b.md"),
    ("[docs](a.md)", "docs", MATERIAL, "link a.md removed"),
    ("`run it`", "`run  it`", MATERIAL, "1 word changed in Overview"),
    ("`run it`", "`Run it`", MATERIAL, "“`run it`” → “`Run it`” in Overview"),
    ("--all  x", "--all x", MATERIAL, "code changed in Overview"),
    ("--all  x", "--none  x", MATERIAL, "code changed in Overview"),
    ("```sh", "```bash", MATERIAL, "code changed in Overview"),
    ("<p>html here", "<p>html there", MATERIAL, "HTML changed in Overview"),
    ("> Quoted", "Quoted", MATERIAL, "structure of Overview changed"),
    # The model
    ("Dependencies**: Store", "Dependencies**: Store, Ledger", MATERIAL, "Billing now depends on Ledger"),
    ("- **Dependencies**: Store\n", "", MATERIAL, "Billing no longer depends on Store"),
    ("Sends bills.", "Sends good bills.", MATERIAL, "purpose of Billing: Sends bills. → Sends good bills."),
    ("Owner**: Ann", "Owner**: Bob", MATERIAL, "owner of Billing: Ann → Bob"),
    ("bills, reminders", "bills", MATERIAL, "responsibility “reminders” removed from Billing"),
    ("Keeps things safe", "Keeps things unsafe", MATERIAL,
     "purpose of Store: Keeps things safe. → Keeps things unsafe."),
    ("### Store", "### Vault", MATERIAL, "component Store renamed Vault"),
    ("200 ms", "300 ms", MATERIAL, "p95 latency target 200 ms → 300 ms"),
    ("< 200 ms", "at most 200 ms", MATERIAL, "p95 latency target < 200 ms → <= 200 ms"),
    ("| phone | text | yes | A number |\n", "", MATERIAL, "column users.phone removed"),
    ("| phone |", "| mobile |", MATERIAL, "column users.phone renamed users.mobile"),
    ("| text | yes", "| text | no", MATERIAL, "users.phone may no longer be null"),
    ("| text | yes", "| int | yes", MATERIAL, "type of users.phone: text → int"),
    ("(404)", "(410)", MATERIAL, "status of NOT_FOUND: 404 → 410"),
    ("- production: for people\n", "", MATERIAL, "environment production removed"),
    ("[ ] Who", "[x] Who", MATERIAL, "question “Who pays the bills?” answered"),
    ("2. deploy", "2. test\n3. deploy", MATERIAL, "stage test added"),
    ("Store: read", "Store: read all", MATERIAL, "step of Flows: Billing → Store: read → Billing → Store: read all"),
    ("owner: Ann", "owner: Bob", MATERIAL, "field owner: Ann → Bob"),
    ("## Risks", "## Rollback\n\nGo back.\n\n## Risks", MATERIAL, "section Rollback added"),
    ("## Risks", "## Known dangers", MATERIAL, "section Risks renamed Known dangers"),
    ("## Risks", "### Risks", MATERIAL, "section Risks moved into Open Questions"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "weight", "sentence"), CASES)
def test_an_edit_has_its_weight_and_its_sentence(old, new, weight, sentence):
    assert SHOP.count(old) >= 1
    found = compare(parse(SHOP), parse(SHOP.replace(old, new, 1)))
    assert found.weight is weight
    assert sentence in [change.sentence for change in found.changes]
    assert not found.workflow


@pytest.mark.parametrize(("old", "new", "weight", "sentence"), CASES)
def test_an_edit_weighs_the_same_undone(old, new, weight, sentence):
    assert compare(parse(SHOP.replace(old, new, 1)), parse(SHOP)).weight is weight


@pytest.mark.parametrize(("old", "new", "weight", "sentence"), CASES)
def test_a_heavy_change_stays_beside_a_lighter_one(old, new, weight, sentence):
    edited = SHOP.replace(old, new, 1).replace("Keeps", "Keeps ").replace("\n", "\r\n")
    assert compare(parse(SHOP), parse(edited)).weight is weight


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Dependencies**: Store", "Dependencies**: Store, Ledger"),
        ("200 ms", "300 ms"),
        ("| phone | text | yes | A number |\n", ""),
        ("](a.md)", "](b.md)"),
        ("### Store", "### Vault"),
        ("## Risks", "## Rollback\n\nSee [it](r.md).\n\n## Risks"),
        ("| text | yes", "| text | no"),
    ],
)
def test_a_change_is_told_once(old, new):
    told = compare(parse(SHOP), parse(SHOP.replace(old, new, 1))).changes
    assert len([change for change in told if change.element_id != "flow:flows"]) == 1


@pytest.mark.parametrize(
    ("old", "new"), [("Sends bills.", "Sends good bills."), ("Dependencies**: Store", "Dependencies**: Store, Ledger")]
)
def test_what_an_element_does_not_say_is_told_beside_it(old, new):
    edited = SHOP.replace(old, new, 1).replace("written with care", "written without care")
    found = compare(parse(SHOP), parse(edited))
    assert "“with” → “without” in Billing" in [change.sentence for change in found.changes]


@pytest.mark.parametrize(
    ("old", "new"),
    [("Draft", "Approved"), ("status: Draft\n", ""), ("owner: Ann\n", "owner: Ann\ndate: 2026-11-24\napprovers: Bo\n")],
)
def test_fields_of_the_workflow_weigh_nothing(old, new):
    found = compare(parse(SHOP), parse(SHOP.replace(old, new, 1)))
    assert found.workflow
    assert (found.changes, found.weight) == ((), None)


def test_a_section_that_moved_is_told_once_and_is_material():
    at, to = SHOP.index("## Components"), SHOP.index("## Flows")
    edited = SHOP[:at] + SHOP[to:] + "\n" + SHOP[at:to].rstrip("\n") + "\n"
    found = compare(parse(SHOP), parse(edited))
    told = [change.sentence for change in found.changes if change.kind is Kind.moved]
    assert told == ["section Components moved after Risks"]
    assert found.weight is MATERIAL


def test_a_change_names_sections_roles_and_places():
    (change,) = compare(parse(SHOP), parse(SHOP.replace("| phone | text | yes | A number |\n", ""))).changes
    assert (change.noun, change.kind, change.sections, change.roles) == (
        "column",
        Kind.removed,
        ("users",),
        (Role.schema,),
    )
    assert change.new is None
    assert change.old is not None
    assert SHOP.splitlines()[change.old.start.line].startswith("| phone")


def test_the_old_and_the_new_title_of_a_section():
    (change,) = compare(parse(SHOP), parse(SHOP.replace("## Risks", "## Known dangers"))).changes
    assert change.sections == ("Risks", "Known dangers")


def test_material_changes_stand_first_and_the_summary_counts_the_rest():
    edited = SHOP.replace("things. See", "items. See").replace("200 ms", "300 ms").replace("(404)", "(410)")
    found = compare(parse(SHOP), parse(edited.replace("Owner**: Ann", "Owner**: Bob")))
    assert [change.weight for change in found.changes] == [MATERIAL, MATERIAL, MATERIAL, WORDING]
    assert summary(found) == (
        "Owner of Billing: Ann → Bob; p95 latency target 200 ms → 300 ms; status of NOT_FOUND: 404 → 410; 1 more change"
    )
    assert summary(compare(parse(SHOP), parse(SHOP))) == ""


def test_parts_of_something_renamed_are_told_one_by_one():
    old = "# T\n\n## Schema\n\n### users\n\n| Column | Type |\n|---|---|\n| id | int |\n| phone | text |\n"
    new = (
        old.replace("### users", "### people")
        .replace("| phone | text |", "| mobile | int |")
        .replace("int |\n| m", "text |\n| m")
    )
    told = [change.sentence for change in compare(parse(old), parse(new)).changes]
    assert "table users renamed people" in told
    assert "type of people.id: int → text" in told
    assert "column users.phone removed" in told
    assert "column people.mobile added" in told


def test_of_very_many_elements_none_is_said_to_be_renamed():
    def text(word):
        return "# T\n\n## Errors\n\n" + "".join(
            f"- {word}_{at} (404): the {at}th thing is not there\n" for at in range(60)
        )

    told = [change.sentence for change in compare(parse(text("GONE")), parse(text("LOST"))).changes]
    assert "error GONE_1 removed" in told
    assert "error LOST_1 added" in told


def test_the_name_of_a_metric_follows_the_label_of_its_target():
    old = "# T\n\n## Performance Targets\n\n- p95 latency: < 200 ms\n"
    (change,) = compare(parse(old), parse(old.replace("p95 latency", "p95 latency of reads"))).changes
    assert change.sentence == "target p95 latency renamed p95 latency of reads"
