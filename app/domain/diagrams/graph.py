"""The component graph with positions: boxes for components and what lies outside, arrows for dependencies."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from app.domain.diagrams import layers
from app.domain.diagrams.lettering import width, wrapped
from app.domain.model import Component, Design, External

MOST_NODES = 120
_WIDEST_TEXT = 148.0
_PADDING, _LINE, _LEAST_WIDTH = 18.0, 16.0, 96.0
_MARGIN, _ALONG, _ACROSS, _BEND = 16.0, 64.0, 20.0, 8.0
_PAGE = 720.0  # the width of the text column

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its middle, its size, its lines of text, and where in the document it leads."""

    key: str
    name: str
    note: str
    lines: tuple[str, ...]
    external: bool
    anchor: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """From box to box through its points."""

    source: str
    target: str
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
    number = {node.key: at for at, node in enumerate(nodes)}
    pairs = {
        (number[component.key], number[reference.key]): None
        for component in design.components
        for reference in component.dependencies
        if component.key in number and reference.key in number and component.key != reference.key
    }
    edges = list(pairs)
    lying = _layout(nodes, edges, upright=False)
    if lying.width <= _PAGE:
        chosen = lying
    else:
        standing = _layout(nodes, edges, upright=True)
        chosen = standing if standing.width < lying.width else lying
    total = len({component.key for component in design.components})
    return replace(chosen, left_out=max(0, total - MOST_NODES))


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
    box = max(_LEAST_WIDTH, max(width(line) for line in lines) + 2 * _PADDING)
    height = 28 + _LINE * len(lines)
    return Node(thing.key, thing.name, note, lines, external, anchor, 0, 0, round(box), height)


def _layout(nodes: list[Node], edges: list[layers.Edge], *, upright: bool) -> Graph:
    linked = {node for edge in edges for node in edge}
    alone = [at for at in range(len(nodes)) if at not in linked]
    directed = layers.acyclic(len(nodes), edges)
    layer = layers.layers(len(nodes), directed)
    rows: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    for at in sorted(linked):
        rows[layer[at]].append(at)
    chains, links = _chains(directed, layer, rows, len(nodes))
    rows = layers.ordered(rows, links)
    sizes = {at: _across(nodes[at], upright=upright) if at < len(nodes) else _BEND for row in rows for at in row}
    across = layers.placed(rows, links, sizes, _ACROSS)
    low = min((across[at] - sizes[at] / 2 for at in across), default=0.0)
    along = _along(rows, nodes, upright=upright)
    place = {at: (along[number], across[at] - low + _MARGIN) for number, row in enumerate(rows) for at in row}
    if upright:
        place = {at: (y, x) for at, (x, y) in place.items()}
    boxes = {at: replace(nodes[at], x=place[at][0], y=place[at][1]) for at in sorted(linked)}
    arrows = [_arrow(edge, chain, boxes, place, upright=upright) for edge, chain in zip(edges, chains, strict=True)]
    return _graph(boxes, [nodes[at] for at in alone], tuple(arrows))


def _chains(
    directed: list[layers.Edge], layer: list[int], rows: list[list[int]], count: int
) -> tuple[list[list[int]], list[layers.Edge]]:
    """Every edge as a chain with a bend in each layer that it passes, and the links between neighbouring layers."""
    chains: list[list[int]] = []
    for tail, head in directed:
        bends = []
        for passed in range(layer[tail] + 1, layer[head]):
            bends.append(count)
            rows[passed].append(count)
            count += 1
        chains.append([tail, *bends, head])
    links = [link for chain in chains for link in pairwise(chain)]
    return chains, links


def _across(node: Node, *, upright: bool) -> float:
    return node.width if upright else node.height


def _along(rows: list[list[int]], nodes: list[Node], *, upright: bool) -> list[float]:
    """The middle of every layer."""
    middles, edge = [], _MARGIN
    for row in rows:
        boxes = [nodes[at] for at in row if at < len(nodes)]
        size = max((box.height if upright else box.width for box in boxes), default=0.0)
        middles.append(edge + size / 2)
        edge += size + (_ALONG - 16 if upright else _ALONG)
    return middles


def _arrow(
    edge: layers.Edge, chain: list[int], boxes: dict[int, Node], place: dict[int, Point], *, upright: bool
) -> Arrow:
    """From side to side of the boxes; an edge that closes a cycle runs its chain backwards."""
    first, last = boxes[chain[0]], boxes[chain[-1]]
    begin = (first.x, first.y + first.height / 2) if upright else (first.x + first.width / 2, first.y)
    end = (last.x, last.y - last.height / 2) if upright else (last.x - last.width / 2, last.y)
    points = [begin, *(place[bend] for bend in chain[1:-1]), end]
    if edge[0] != chain[0]:
        points.reverse()
    return Arrow(boxes[edge[0]].key, boxes[edge[1]].key, tuple(points), upright)


def _graph(boxes: dict[int, Node], alone: list[Node], arrows: tuple[Arrow, ...]) -> Graph:
    """The linked boxes, and below them in lines of the page's width those that nothing links."""
    drawn = list(boxes.values())
    bottom = max((box.y + box.height / 2 for box in drawn), default=_MARGIN - _ACROSS) + _ACROSS
    x, tallest = _MARGIN, 0.0
    for box in alone:
        if x + box.width + _MARGIN > _PAGE and x > _MARGIN:
            x, bottom, tallest = _MARGIN, bottom + tallest + _ACROSS, 0.0
        drawn.append(replace(box, x=x + box.width / 2, y=bottom + box.height / 2))
        x, tallest = x + box.width + _ACROSS, max(tallest, box.height)
    right = max(box.x + box.width / 2 for box in drawn) + _MARGIN
    bends = max((point[0] for arrow in arrows for point in arrow.points), default=0.0) + _MARGIN
    height = max(box.y + box.height / 2 for box in drawn) + _MARGIN
    return Graph(tuple(drawn), arrows, max(right, bends), height, 0)
