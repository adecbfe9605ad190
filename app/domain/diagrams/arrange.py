"""Boxes of any size put into layers along a directed graph, with bends where an edge passes a layer.

Knows numbers and sizes only; what the boxes are stands in the modules of the diagrams.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.diagrams import layers
from app.domain.diagrams.drawing import Point, number

MARGIN = 16.0
MOST_BENDS = 2_500  # beyond, a drawing is a thicket in any case, and its layout would take seconds
_BEND = 8.0

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Between layers, and between boxes of one layer."""

    along: float
    across: float


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Middles of linked boxes; for every edge the points between its boxes, from its tail to its head.

    `against` are the edges that close a cycle, so that they go against the layers. `alone` are the boxes that nothing
    links.
    """

    middles: dict[int, Point]
    bends: tuple[tuple[Point, ...], ...]
    against: tuple[bool, ...]
    alone: tuple[int, ...]


def arranged(sizes: Sequence[Size], edges: Sequence[layers.Edge], gaps: Gaps, *, upright: bool) -> Arrangement:
    """Layers run from left to right, or downwards when upright. No edge may go from a box to itself."""
    count = len(sizes)
    linked = {node for edge in edges for node in edge}
    directed = layers.acyclic(count, edges)
    layer = layers.layers(count, directed)
    rows: list[list[int]] = [[] for _ in range(max(layer, default=-1) + 1)]
    for at in sorted(linked):
        rows[layer[at]].append(at)
    chains, links = _chains(directed, layer, rows, count)
    rows = layers.ordered(rows, links)
    side = 0 if upright else 1
    across_sizes = {at: sizes[at][side] if at < count else _BEND for row in rows for at in row}
    across = layers.placed(rows, links, across_sizes, gaps.across)
    low = min((across[at] - across_sizes[at] / 2 for at in across), default=0.0)
    lengths = [size[1 - side] for size in sizes]
    along = _along(rows, lengths, gaps.along)
    middles: dict[int, Point] = {}
    passes: dict[int, tuple[Point, Point]] = {}
    for row, (start, end) in zip(rows, along, strict=True):
        for at in row:
            y = across[at] - low + MARGIN
            middles[at] = _turned(((start + end) / 2, y), upright=upright)
            passes[at] = (_turned((start, y), upright=upright), _turned((end, y), upright=upright))
    against = tuple(one != other for one, other in zip(edges, directed, strict=True))
    bends = []
    for chain, turned in zip(chains, against, strict=True):
        points = tuple(point for at in chain[1:-1] for point in passes[at])
        bends.append(points[::-1] if turned else points)
    return Arrangement(
        {at: middles[at] for at in sorted(linked)},
        tuple(bends),
        against,
        tuple(at for at in range(count) if at not in linked),
    )


def _turned(point: Point, *, upright: bool) -> Point:
    return (point[1], point[0]) if upright else point


def _chains(
    directed: list[layers.Edge], layer: list[int], rows: list[list[int]], count: int
) -> tuple[list[list[int]], list[layers.Edge]]:
    """Every edge as a chain with a bend in each layer that it passes, and the links between neighbouring layers.

    Short edges first: when there are enough bends, the long ones that are left go straight over everything.
    """
    most = count + MOST_BENDS
    chains: dict[layers.Edge, list[int]] = {}
    for tail, head in sorted(set(directed), key=lambda edge: layer[edge[1]] - layer[edge[0]]):
        passed = range(layer[tail] + 1, layer[head])
        bends = list(range(count, count + len(passed))) if count + len(passed) <= most else []
        for row, bend in zip(passed, bends, strict=False):
            rows[row].append(bend)
        count += len(bends)
        chains[tail, head] = [tail, *bends, head]
    links = [
        link
        for (tail, head), chain in chains.items()
        if _whole(chain, layer[head] - layer[tail])
        for link in pairwise(chain)
    ]
    return [chains[edge] for edge in directed], links


def _whole(chain: list[int], layers_crossed: int) -> bool:
    return len(chain) == layers_crossed + 1


def _along(rows: list[list[int]], sizes: list[float], gap: float) -> list[Point]:
    """Where every layer begins and ends: an edge that passes goes straight in between, so that it crosses no box."""
    edges, edge = [], MARGIN
    for row in rows:
        size = max((sizes[at] for at in row if at < len(sizes)), default=0.0)
        edges.append((edge, edge + size))
        edge += size + gap
    return edges


def in_lines(sizes: Sequence[Size], top: float, width: float, gap: float) -> list[Point]:
    """The middles of boxes that nothing links, line after line of the page's width, below `top`."""
    middles: list[Point] = []
    x, tallest = MARGIN, 0.0
    for box_width, box_height in sizes:
        if x + box_width + MARGIN > width and x > MARGIN:
            x, top, tallest = MARGIN, top + tallest + gap, 0.0
        middles.append((x + box_width / 2, top + box_height / 2))
        x, tallest = x + box_width + gap, max(tallest, box_height)
    return middles


def way(points: Sequence[Point], *, upright: bool) -> str:
    """A path: straight where it can be, else curves that leave and arrive along the layers' direction."""
    first = points[0]
    pieces = [f"M{number(first[0])} {number(first[1])}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        end = f"{number(x2)} {number(y2)}"
        if x1 == x2 or y1 == y2:
            pieces.append(f"L{end}")
        elif upright:
            middle = number((y1 + y2) / 2)
            pieces.append(f"C{number(x1)} {middle} {number(x2)} {middle} {end}")
        else:
            middle = number((x1 + x2) / 2)
            pieces.append(f"C{middle} {number(y1)} {middle} {number(y2)} {end}")
    return "".join(pieces)
