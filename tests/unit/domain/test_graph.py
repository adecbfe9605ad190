"""The component graph: nothing overlaps, nothing is lost, cycles are no trouble, and every box leads to its text."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import pytest

from app.domain.diagrams.arrange import MOST_BENDS
from app.domain.diagrams.graph import component_graph
from app.domain.diagrams.lettering import width, wrapped
from app.domain.diagrams.svg import WIDE, graph_svg
from app.domain.parse import parse


def document(dependencies: dict[str, str]) -> str:
    parts = [f"### {name}\n- **Dependencies**: {names or 'none'}\n" for name, names in dependencies.items()]
    return "## Components\n\n" + "\n".join(parts)


def graph(dependencies: dict[str, str]):
    return component_graph(parse(document(dependencies)), lambda line: f"L{line}")


def grid(count: int) -> dict[str, str]:
    """Every service depends on the one after it and on the seventh after it, round and round."""
    return {f"Service {at}": f"Service {(at + 1) % count}, Service {(at + 7) % count}" for at in range(count)}


CASES = {
    "one": {"A": ""},
    "chain": {"A": "B", "B": "C", "C": ""},
    "cycle": {"A": "B", "B": "A"},
    "itself": {"A": "A"},
    "outside": {"A": "Bank (external)"},
    "apart": dict.fromkeys("ABCDEFGHIJKL", ""),
    "sixty": grid(60),
    "long names": {"A very long name of a component that goes on and on": "B", "B": ""},
}


@pytest.mark.parametrize("case", CASES)
def test_boxes_do_not_overlap_and_lie_inside(case):
    drawn = graph(CASES[case])
    for box in drawn.nodes:
        assert box.x - box.width / 2 > 0
        assert box.x + box.width / 2 < drawn.width
        assert box.y - box.height / 2 > 0
        assert box.y + box.height / 2 < drawn.height
    for one, other in combinations(drawn.nodes, 2):
        apart_x = abs(one.x - other.x) >= (one.width + other.width) / 2
        apart_y = abs(one.y - other.y) >= (one.height + other.height) / 2
        assert apart_x or apart_y, (one.name, other.name)


@pytest.mark.parametrize("case", CASES)
def test_every_arrow_begins_and_ends_at_its_boxes(case):
    drawn = graph(CASES[case])
    boxes = {box.key: box for box in drawn.nodes}
    for arrow in drawn.arrows:
        for key, (x, y) in ((arrow.source, arrow.points[0]), (arrow.target, arrow.points[-1])):
            assert abs(x - boxes[key].x) <= boxes[key].width / 2 + 0.01
            assert abs(y - boxes[key].y) <= boxes[key].height / 2 + 0.01


def test_all_dependencies_of_sixty_components_are_drawn():
    drawn = graph(grid(60))
    assert len(drawn.nodes) == 60
    assert len(drawn.arrows) == 120


def test_without_components_there_is_nothing_to_draw():
    assert component_graph(parse("# Title\n\nText."), str) is None


def test_svg_is_well_formed_escaped_and_linked():
    drawn = graph({'A & "B" \\<c>': "Bank (external)"})
    root = ET.fromstring(graph_svg(drawn))
    links = [element for element in root.iter() if element.tag.endswith("}a")]
    assert [link.get("href") for link in links] == ["#a--b-c", "#L4"]
    assert root.get("aria-label") == "Component graph: 1 component, 1 external system, 1 dependency"
    assert all("style" not in element.attrib for element in root.iter())


def test_a_wide_drawing_scrolls_instead_of_shrinking():
    drawn = graph({"A": "B", "B": ""})
    assert "graph-wide" in graph_svg(replace(drawn, width=WIDE + 1))
    assert "graph-wide" not in graph_svg(replace(drawn, width=WIDE))


def test_a_very_large_design_is_cut_and_says_so():
    drawn = graph({f"Service {at}": "" for at in range(150)})
    assert len(drawn.nodes) == 120
    assert "30 more components are not drawn" in graph_svg(drawn)


def test_long_words_are_shortened_to_fit():
    lines = wrapped("Antidisestablishmentarianismification of the whole wide world and more", 120, 2)
    assert len(lines) == 2
    assert all(width(line) <= 120 and line.endswith("…") for line in lines)


def test_every_box_and_every_arrow_says_which_element_it_is():
    text = document({"A": "B (for money)", "B": ""})
    drawn = component_graph(parse(text), str)
    (arrow,) = drawn.arrows
    assert (arrow.id, arrow.note) == ("component:a->component:b", "for money")
    line = text.splitlines()[arrow.span.start.line]
    assert line[arrow.span.start.column : arrow.span.end.column].startswith("B")
    svg = graph_svg(drawn)
    assert svg.count("data-span=") == svg.count("data-id=") == 3
    assert "<title>A depends on B: for money</title>" in svg


@pytest.mark.parametrize("case", ["sixty", "chain"])
def test_arrows_that_pass_a_layer_cross_no_box(case):
    drawn = graph(CASES[case])
    for arrow in drawn.arrows:
        for (x1, y1), (x2, y2) in zip(arrow.points[1:-1:2], arrow.points[2:-1:2], strict=True):
            for box in drawn.nodes:
                beside = max(x1, x2) <= box.x - box.width / 2 or min(x1, x2) >= box.x + box.width / 2
                above = max(y1, y2) <= box.y - box.height / 2 or min(y1, y2) >= box.y + box.height / 2
                assert beside or above


def test_a_thicket_is_drawn_with_few_bends_and_nothing_left_out():
    names = [f"S{at}" for at in range(90)]
    drawn = graph({name: ", ".join(names[at + 1 :]) for at, name in enumerate(names)})
    assert len(drawn.arrows) == 90 * 89 // 2
    assert sum(len(arrow.points) for arrow in drawn.arrows) <= 2 * (MOST_BENDS + len(drawn.arrows))


def test_two_that_depend_on_each_other_share_a_line_with_two_heads():
    there, back = graph({"A": "B", "B": "A"}).arrows
    assert there.points == back.points[::-1]


def test_sixty_components_are_well_formed_and_each_is_named():
    root = ET.fromstring(graph_svg(graph(grid(60))))
    titles = {element.text for element in root.iter() if element.tag.endswith("}title")}
    assert {f"Service {at}" for at in range(60)} <= titles
    assert "Service 3 depends on Service 10" in titles
