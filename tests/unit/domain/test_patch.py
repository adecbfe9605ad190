"""Patches: only the lines concerned change, as the author writes, and the model changes by exactly what was asked."""

from dataclasses import fields, is_dataclass
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.model import Design
from app.domain.parse import parse
from app.domain.patch import (
    NoPlace,
    add_component_field,
    add_dependency,
    add_field,
    add_row,
    add_section,
    apply,
    fill_placeholder,
    rename_component,
)
from app.domain.text import Span
from tests.corpus import documents
from tests.examples import examples

PARTS = tuple(field.name for field in fields(Design) if field.name not in ("source", "title"))


def without_places(thing: object) -> object:
    """The meaning of an element: without spans, blocks and line anchors."""
    if isinstance(thing, Span):
        return None
    if isinstance(thing, tuple):
        return tuple(without_places(item) for item in thing)
    if is_dataclass(thing):
        names = [field.name for field in fields(thing) if field.name not in ("blocks", "source", "anchor")]
        return tuple((name, without_places(getattr(thing, name))) for name in names)
    return thing


def changed(before: Design, after: Design) -> set[str]:
    """The parts of the model that differ."""
    return {part for part in PARTS if without_places(getattr(before, part)) != without_places(getattr(after, part))}


def lines_changed(before: str, after: str) -> int:
    """How many lines of the old text are not in the new one, in order."""
    left, right = before.splitlines(), after.splitlines()
    same = 0
    for one, other in zip_longest(left, right):
        if one != other:
            break
        same += 1
    tail = 0
    while tail < min(len(left), len(right)) - same and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    return len(left) - same - tail


DEPENDENCIES = {
    "inline": ("- **Dependencies**: A, B\n", "- **Dependencies**: A, B, New\n"),
    "ticks and a full stop": ("- **Uses**: `A`, `B`.\n", "- **Uses**: `A`, `B`, `New`.\n"),
    "semicolons": ("- **Uses**: A (why, when); B\n", "- **Uses**: A (why, when); B; New\n"),
    "placeholder": ("- **Dependencies**: [List]\n", "- **Dependencies**: New\n"),
    "none": ("- **Dependencies**: none\n", "- **Dependencies**: New\n"),
    "nothing": ("- **Dependencies**:\n", "- **Dependencies**: New\n"),
    "nested": ("- **Uses**:\n  * A\n  * B\n- **Owner**: x\n", "- **Uses**:\n  * A\n  * B\n  * New\n- **Owner**: x\n"),
    "paragraph": ("**Uses:**\n\n- A\n- B\n\ntext\n", "**Uses:**\n\n- A\n- B\n- New\n\ntext\n"),
    "numbers": ("**Uses:**\n\n1. A\n2. B\n", "**Uses:**\n\n1. A\n2. B\n3. New\n"),
    "no label": ("* **Purpose**: p\n\ntext\n", "* **Purpose**: p\n* **Dependencies**: New\n\ntext\n"),
    "no field": ("text\n", "- **Dependencies**: New\n\ntext\n"),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("case", DEPENDENCIES)
def test_a_dependency_is_added_in_the_notation_of_the_author(case, end):
    frame = "# 😀\n\n## Components\n\n### Shop é\n\n{}\n### Other\n"
    before, after = (frame.format(text).replace("\n", end) for text in DEPENDENCIES[case])
    design = parse(before)
    text = apply(before, add_dependency(design, design.components[0].id, "New"))
    assert text == after
    names = [one.name for one in parse(text).components[0].dependencies]
    assert names == [*(one.name for one in design.components[0].dependencies), "New"]
    assert changed(design, parse(text)) - {"placeholders"} == {"components"}


@pytest.mark.parametrize(("cell", "filled"), [("A", "A, New"), ("", "New"), ("[List]", "New"), ("`A`", "`A`, New")])
def test_a_dependency_in_a_table(cell, filled):
    before = f"## Components\n\n| Component | Uses |\n| --- | --- |\n| Shop | {cell} |\n| Other | |\n"
    design = parse(before)
    text = apply(before, add_dependency(design, design.components[0].id, "New"))
    assert filled in text.splitlines()[4]
    assert parse(text).components[0].dependencies[-1].name == "New"
    assert lines_changed(before, text) == 1


@pytest.mark.parametrize("name", ["", "a, b", "a\nb", "a (b)", "Ledger"])
def test_what_cannot_be_a_dependency_is_refused(name):
    design = parse("## Components\n\n### Shop\n- **Uses**: ledger\n")
    with pytest.raises(NoPlace):
        add_dependency(design, "component:shop", name)
    with pytest.raises(NoPlace):
        add_dependency(design, "component:gone", "A")


def test_a_field_of_a_component():
    before = "## Components\n\n### Shop\n- **Purpose**: p\n  and more\n\n### Other\n"
    text = apply(before, add_component_field(parse(before), "component:shop", "Owner", "Ana"))
    assert text.splitlines()[3:6] == ["- **Purpose**: p", "  and more", "- **Owner**: Ana"]
    with pytest.raises(NoPlace):
        add_component_field(parse(text), "component:shop", "Team", "again")


def test_a_component_is_renamed_wherever_it_is_named():
    before = (
        "## Components\n\n### 1. Shop (planned)\n- **Uses**: Ledger\n\n### Ledger\n- **Uses**: `shop`, Shopping\n\n"
        "## Flows\n\n1. User → Shop → Ledger: Shop pays\n\n"
        "```mermaid\nsequenceDiagram\n  participant S as Shop\n  S->>Ledger: Shop\n```\n"
    )
    text = apply(before, rename_component(parse(before), "component:shop", "Store"))
    assert text == (
        "## Components\n\n### 1. Store (planned)\n- **Uses**: Ledger\n\n### Ledger\n- **Uses**: `Store`, Shopping\n\n"
        "## Flows\n\n1. User → Store → Ledger: Shop pays\n\n"
        "```mermaid\nsequenceDiagram\n  participant S as Store\n  S->>Ledger: Shop\n```\n"
    )
    assert changed(parse(before), parse(text)) == {"sections", "components", "flows"}


ROWS = {
    "plain": ("| Column | Type |\n| --- | --- |\n| id | int |\n", "| new | |"),
    "aligned": ("| Column | Type |\n| ------ | ---- |\n| id     | int  |\n", "| new    |      |"),
    "without pipes": ("Column | Type\n--- | ---\nid | int\n", "new | "),
    "no rows": ("| Column | Type |\n| --- | --- |\n", "| new |"),
    "in a list": ("- x\n\n  | Column | Type |\n  | --- | --- |\n  | id | int |\n", "  | new |"),
    "in a quote": ("> | Column | Type |\n> | --- | --- |\n> | id | int |\n", "> | new |"),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("case", ROWS)
def test_a_row_is_laid_out_as_the_rows_before_it(case, end):
    table, row = ROWS[case]
    before = f"## Schema\n\n### é\n\n{table}\ntext\n".replace("\n", end)
    design = parse(before)
    place = next(b for top in design.source.blocks for b in top.walk() if b.kind == "Table")
    span = design.source.span(place.start, place.end)
    text = apply(before, add_row(design, span, {"Column": "new"}))
    assert [" ".join(line.split()) for line in set(text.split(end)) - set(before.split(end))] == [
        " ".join(line.split()) for line in [text.split(end)[before.split(end).index("text") - 1]]
    ]
    assert text.split(end)[before.split(end).index("text") - 1].startswith(row.split("new")[0] + "new")
    if case == "aligned":
        assert row in text
    again = next(b for top in parse(text).source.blocks for b in top.walk() if b.kind == "Table")
    assert len(again.children) == len(place.children) + 1


def test_a_row_escapes_pipes_and_refuses_columns_that_are_not_there():
    before = "## Schema\n\n### t\n\n| Column | Type |\n|---|---|\n| id | int |"
    design = parse(before)
    after = parse(apply(before, add_row(design, design.tables[0].span, {"column": "a", "type": "x|y"})))
    assert [(column.name, column.type) for column in after.tables[0].columns] == [("id", "int"), ("a", "x|y")]
    with pytest.raises(NoPlace):
        add_row(design, design.tables[0].span, {"colour": "red"})
    with pytest.raises(NoPlace):
        add_row(design, design.sections[0].heading_span, {})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\nstatus: draft\n---\n# A\n", "---\nstatus: draft\nOwner: 'Ana: B'\n---\n# A\n"),
        (
            "# A\n\n**Status**: Draft  \n**Date**: x  \n\n## B\n",
            "# A\n\n**Status**: Draft  \n**Date**: x  \n**Owner**: Ana: B\n\n## B\n",
        ),
        ("# A\n\n* Status: x\n\n## B\n", "# A\n\n* Status: x\n* Owner: Ana: B\n\n## B\n"),
        ("# A\n\n**Status:** x\n", "# A\n\n**Status:** x\n**Owner:** Ana: B\n"),
        ("# A\n\ntext\n\n---\n\n**Status**: x\n", "# A\n\ntext\n\n---\n\n**Status**: x\n**Owner**: Ana: B\n"),
        ("# A\n\ntext\n", "# A\n\n**Owner**: Ana: B\n\ntext\n"),
        ("text\n", "**Owner**: Ana: B\n\ntext\n"),
    ],
)
def test_a_field_of_the_document_stands_where_the_others_are(before, after):
    for end in ("\n", "\r\n"):
        text = before.replace("\n", end)
        design = parse(text)
        patched = apply(text, add_field(design, "Owner", "Ana: B"))
        assert patched == after.replace("\n", end)
        assert parse(patched).field("owner").value == "Ana: B"
        assert changed(design, parse(patched)) == {"fields"}
        with pytest.raises(NoPlace):
            add_field(parse(patched), "Owners", "again")


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("# A\n\n## B\n\nb\n\n### C\n\n## D\n", "# A\n\n## B\n\nb\n\n### C\n\n## New\n\nbody\n\n## D\n", "b"),
        ("# A\n\n## B\n\nb", "# A\n\n## B\n\nb\n\n## New\n\nbody\n", "b"),
        (
            "# A\n\n## B\n\nb\n\n---\n\n**Status**: x\n",
            "# A\n\n## B\n\nb\n\n## New\n\nbody\n\n---\n\n**Status**: x\n",
            "b",
        ),
    ],
)
def test_a_section_stands_behind_its_neighbour(before, after, place):
    for end in ("\n", "\r\n"):
        text = before.replace("\n", end)
        assert apply(text, add_section(parse(text), "New", after=place, body="body")) == after.replace("\n", end)
    with pytest.raises(NoPlace):
        add_section(parse(before), "New", after="gone")


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_filling_a_placeholder_of_a_real_document_changes_one_line(path):
    text = path.read_bytes().decode()
    design = parse(text)
    for placeholder in design.placeholders[:20]:
        patched = apply(text, fill_placeholder(design, placeholder, "filled in"))
        assert lines_changed(text, patched) == 1
        assert len(parse(patched).placeholders) == len(design.placeholders) - 1


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_a_dependency_more_in_a_real_document_changes_that_component_alone(path):
    text = path.read_bytes().decode()
    design = parse(text)
    for at, component in enumerate(design.components[:6]):
        try:
            patched = parse(apply(text, add_dependency(design, component.id, "Wholly New")))
        except NoPlace:
            continue
        assert changed(design, patched) == {"components"}
        others = [number for number in range(len(design.components)) if number != at]
        for number in others:
            assert without_places(patched.components[number]) == without_places(design.components[number])
        assert [one.name for one in patched.components[at].dependencies] == [
            *(one.name for one in component.dependencies),
            "Wholly New",
        ]


WORDS = st.text(alphabet="abc é😀", min_size=1, max_size=8).map(lambda word: f"x{' '.join(word.split())}y")


@given(st.lists(WORDS, max_size=4, unique=True), WORDS, st.sampled_from([", ", "; "]), st.sampled_from(["\n", "\r\n"]))
@examples(60)
def test_any_dependency(names, new, separator, end):
    before = f"## Components{end}{end}### Shop{end}- **Uses**: {separator.join(names)}{end}{end}### Other{end}"
    design = parse(before)
    if new.replace(" ", "") in {name.replace(" ", "") for name in names}:
        return
    after = parse(apply(before, add_dependency(design, design.components[0].id, new)))
    assert [one.name for one in after.components[0].dependencies] == [*names, new]
    assert changed(design, after) == {"components"}


def test_changes_that_overlap_are_refused():
    design = parse("TODO\n")
    edits = fill_placeholder(design, design.placeholders[0], "a")
    with pytest.raises(NoPlace):
        apply("TODO\n", (*edits, *edits))
    with pytest.raises(NoPlace):
        fill_placeholder(parse("x\n"), design.placeholders[0], "a")


@pytest.mark.parametrize("new", ["", "a, b", "a; b"])
def test_what_cannot_be_a_name_is_refused(new):
    with pytest.raises(NoPlace):
        rename_component(parse("## Components\n\n### Shop\n"), "component:shop", new)


def test_a_name_with_marks_inside_is_left_to_its_author():
    with pytest.raises(NoPlace, match="by hand"):
        rename_component(parse("## Components\n\n### The *big* shop\n"), "component:the-big-shop", "Store")


def test_a_section_may_begin_empty():
    assert apply("# A\n", add_section(parse("# A\n"), "New", after="a")) == "# A\n\n# New\n"
