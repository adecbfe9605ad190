"""Marks on a drawing: where the sign stands, and that nothing else changes."""

import re

import pytest

from app.domain.diagrams.drawing import Point
from app.domain.diagrams.marked import Mark, marked

NEW = Mark("added", "+", "Added")
SPAN = 'data-span="1:2-1:5"'
BOX = (
    f'<a class="graph-box" href="#x" data-id="c" {SPAN}><title>C</title>'
    '<rect x="10" y="20" width="30" height="8" rx="8"/></a>'
)
GATE = f'<g class="graph-box graph-gate" {SPAN}><title>S</title><polygon points="22,16 90,16 102,40 22,64"/></g>'
ROW = (
    f'<g data-id="t.c" {SPAN}><title>c</title><text class="graph-column" x="26" y="60" text-anchor="start">c</text></g>'
)
JOIN = f'<g class="graph-join" {SPAN}><title>j</title><path class="graph-edge" d="M10 10h14V30h-14"/></g>'
EDGE = (
    f'<path class="graph-edge" d="M0 0C10 0 10 40 20 40" marker-end="url(#GraphArrow)" {SPAN}><title>a</title></path>'
)
STRAIGHT = f'<g class="graph-message" {SPAN}><title>m</title><path class="graph-edge" d="M10 10L50 10"/></g>'
SLANTED = EDGE.replace("M0 0C10 0 10 40 20 40", "M10 0L20 20")
BENT = EDGE.replace("M0 0C10 0 10 40 20 40", "M0 0L10 0C15 0 15 40 20 40L60 40")
AT = "1:2-1:5"


def disc(svg: str) -> Point:
    found = re.search(r'<circle cx="([-\d.]+)" cy="([-\d.]+)"', svg)
    assert found
    return float(found[1]), float(found[2])


@pytest.mark.parametrize(
    ("part", "edge", "place"),
    [
        (BOX, False, (40, 20)), (GATE, False, (102, 16)), (ROW, False, (16, 55.5)),
        (JOIN, True, (10, 10)), (EDGE, True, (10, 20)), (STRAIGHT, True, (26, 10)), (BENT, True, (15, 20)),
        (SLANTED, True, (15, 10)),
    ],
)  # fmt: skip
def test_the_sign_stands_at_the_part(part, edge, place):
    marks = ({}, {AT: NEW}) if edge else ({AT: NEW}, {})
    svg = marked(f"<svg>{part}</svg>", *marks)
    assert disc(svg) == place
    assert "graph-marked graph-added" in svg
    assert "<title>Added: " in svg
    assert svg.endswith("</g></svg>")


@pytest.mark.parametrize(("part", "edge"), [(ROW, True), (JOIN, False), (BOX, True)])
def test_a_node_is_no_edge_at_the_same_place(part, edge):
    marks = ({}, {AT: NEW}) if edge else ({AT: NEW}, {})
    assert marked(f"<svg>{part}</svg>", *marks) == f"<svg>{part}</svg>"


def test_without_marks_it_is_the_same_drawing():
    assert marked(f"<svg>{BOX}{EDGE}</svg>", {"9:9-9:9": NEW}, {}) == f"<svg>{BOX}{EDGE}</svg>"
