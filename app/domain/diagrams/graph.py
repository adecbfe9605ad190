"""The component graph with positions: boxes for components and what lies outside, arrows for dependencies."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.domain.diagrams.arrange import MARGIN, Gaps, arranged, in_lines
from app.domain.diagrams.drawing import LINE, Point
from app.domain.diagrams.lettering import width, wrapped
from app.domain.model import Component, Design, External, Reference
from app.domain.text import Span

MOST_NODES = 120
PAGE = 720.0  # the width of the text column
_WIDEST_TEXT = 148.0
_PADDING, _LEAST_WIDTH = 18.0, 96.0
_LYING, _STANDING = Gaps(64, 20), Gaps(48, 20)


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its middle, its size, its lines of text, and where in the document it stands and leads."""

    id: str
    key: str
    name: str
    note: str
    lines: tuple[str, ...]
    external: bool
    span: Span
    anchor: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """From box to box, by their keys, through its points; `span` is the name in the list of dependencies."""

    id: str
    source: str
    target: str
    note: str
    span: Span
    points: tuple[Point, ...]
    upright: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything to draw; `left_out` counts components beyond the most that are drawn."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    width: float
    height: float
    left_out: int


def component_graph(design: Design, anchor_of: Callable[[int], str]) -> Graph | None:
    """The laid out graph, None without components. `anchor_of` gives the anchor of a line (from 1)."""
    if not design.components:
        return None
    nodes = _nodes(design, anchor_of)
    arrows = _arrows(design, {node.key: node for node in nodes})
    lying = _layout(nodes, arrows, upright=False)
    if lying.width <= PAGE:
        chosen = lying
    else:
        standing = _layout(nodes, arrows, upright=True)
        chosen = standing if standing.width < lying.width else lying
    total = len({component.key for component in design.components})
    return replace(chosen, left_out=max(0, total - MOST_NODES))


def unlinked(graph: Graph) -> Graph:
    """Without links, where there is no text to lead to."""
    return replace(graph, nodes=tuple(replace(node, anchor="") for node in graph.nodes))


def _nodes(design: Design, anchor_of: Callable[[int], str]) -> list[Node]:
    """Components first; a name that is declared twice has one box."""
    found: dict[str, Node] = {}
    for component in design.components[: MOST_NODES * 2]:
        if len(found) < MOST_NODES:
            found.setdefault(component.key, _node(component, component.purpose, component.anchor, external=False))
    for external in design.externals[:MOST_NODES]:
        anchor = anchor_of(external.span.first_line)
        found.setdefault(external.key, _node(external, external.note, anchor, external=True))
    return list(found.values())


def _node(thing: Component | External, note: str, anchor: str, *, external: bool) -> Node:
    lines = wrapped(thing.name, _WIDEST_TEXT, 2)
    size = max(_LEAST_WIDTH, max(width(line) for line in lines) + 2 * _PADDING)
    height = 28 + LINE * len(lines)
    span = thing.name_span if isinstance(thing, Component) else thing.span
    return Node(thing.id, thing.key, thing.name, note, lines, external, span, anchor, 0, 0, round(size), height)


def _arrows(design: Design, nodes: dict[str, Node]) -> list[Arrow]:
    """One arrow from box to box, however often the text names it; without points yet."""
    found: dict[tuple[str, str], Arrow] = {}
    for component in design.components:
        for reference in component.dependencies:
            if component.key in nodes and reference.key in nodes and component.key != reference.key:
                pair = (component.key, reference.key)
                found.setdefault(pair, _arrow(nodes[pair[0]], nodes[pair[1]], reference))
    return list(found.values())


def _arrow(source: Node, target: Node, reference: Reference) -> Arrow:
    element_id = f"{source.id}->{target.id}"
    return Arrow(element_id, source.key, target.key, reference.note, reference.span, (), upright=False)


def _layout(nodes: list[Node], arrows: list[Arrow], *, upright: bool) -> Graph:
    place = {node.key: at for at, node in enumerate(nodes)}
    edges = [(place[arrow.source], place[arrow.target]) for arrow in arrows]
    sizes = [(node.width, node.height) for node in nodes]
    arrangement = arranged(sizes, edges, _STANDING if upright else _LYING, upright=upright)
    middles = arrangement.middles.items()
    boxes = {at: replace(nodes[at], x=x, y=y) for at, (x, y) in middles}
    led = []
    for at, (arrow, (tail, head)) in enumerate(zip(arrows, edges, strict=True)):
        ends = _ends(boxes[tail], boxes[head], against=arrangement.against[at], upright=upright)
        led.append(replace(arrow, points=(ends[0], *arrangement.bends[at], ends[1]), upright=upright))
    return _graph(list(boxes.values()), [nodes[at] for at in arrangement.alone], led)


def _ends(tail: Node, head: Node, *, against: bool, upright: bool) -> tuple[Point, Point]:
    """Where an arrow leaves and arrives: in the middle of a side, along the layers or against them."""
    side = -1 if against else 1
    if upright:
        return (tail.x, tail.y + side * tail.height / 2), (head.x, head.y - side * head.height / 2)
    return (tail.x + side * tail.width / 2, tail.y), (head.x - side * head.width / 2, head.y)


def _graph(drawn: list[Node], alone: list[Node], arrows: list[Arrow]) -> Graph:
    """The linked boxes, and below them in lines of the page's width those that nothing links."""
    gap = _LYING.across
    bottom = max((box.y + box.height / 2 + gap for box in drawn), default=MARGIN)
    middles = in_lines([(box.width, box.height) for box in alone], bottom, PAGE, gap)
    drawn = [*drawn, *(replace(box, x=x, y=y) for box, (x, y) in zip(alone, middles, strict=True))]
    right = max(box.x + box.width / 2 for box in drawn) + MARGIN
    bends = max((point[0] for arrow in arrows for point in arrow.points), default=0.0) + MARGIN
    height = max(box.y + box.height / 2 for box in drawn) + MARGIN
    return Graph(tuple(drawn), tuple(arrows), max(right, bends), height, 0)
