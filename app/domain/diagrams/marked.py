"""Marks on parts of a drawing that is there already: what is new, gone or changed in it. Decides nothing.

A mark is a class for the style sheet, a sign in a disc, and a word before the part's title, so that nobody has to see
colours. Only for SVG of these modules, where every part says last where it stands and begins with its title.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import copysign

from app.domain.diagrams.drawing import Point, number
from app.domain.text import Span

_PART = re.compile(
    r'<(?P<tag>a|g|path)(?P<attributes>(?: [\w-]+="[^"]*")*?)(?P<span> data-span="(?P<place>[\d:-]+)")>'
    r"<title>(?P<title>[^<]*)</title>"
    r"(?P<shape><(?:rect|polygon|path|text)[^>]*>)?"
)
_CLASS = re.compile(r' class="([^"]*)"')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PIECE = re.compile(r"([MLCHVhvz])([^MLCHVhvz]*)")
_RADIUS, _SMALL = 8.0, 6.5
_ALONG = 16.0  # a message's sign stands so far from where it begins
_BESIDE = 10.0  # a row's sign stands so far before its name, on the edge of its box


@dataclass(frozen=True, slots=True)
class Mark:
    """`name` ends the class, `sign` is one character, `word` stands before the title."""

    name: str
    sign: str
    word: str


def place(span: Span) -> str:
    """As parts of a drawing write it."""
    return f"{span.start.line}:{span.start.column}-{span.end.line}:{span.end.column}"


def marked(svg: str, nodes: Mapping[str, Mark], edges: Mapping[str, Mark]) -> str:
    """Marks by place. A column and the key that it is stand at one place: the one is a node, the other an edge."""
    discs: list[str] = []

    def mark(found: re.Match[str]) -> str:
        css = _CLASS.search(found["attributes"])
        names = css[1].split() if css else []
        one = _of(found["place"], names, (nodes, edges))
        if one is None:
            return found[0]
        kept = _CLASS.sub("", found["attributes"], count=1)
        classes = " ".join([*names, "graph-marked", f"graph-{one.name}"])
        discs.append(_disc(found, one))
        return (
            f'<{found["tag"]} class="{classes}"{kept}{found["span"]}>'
            f"<title>{one.word}: {found['title']}</title>{found['shape'] or ''}"
        )

    body = _PART.sub(mark, svg)
    return body.removesuffix("</svg>") + "".join(discs) + "</svg>" if discs else body


def _of(at: str, names: list[str], marks: tuple[Mapping[str, Mark], Mapping[str, Mark]]) -> Mark | None:
    nodes, edges = marks
    if "graph-join" in names or "graph-edge" in names:
        return edges.get(at)
    return nodes.get(at) or (edges.get(at) if {"graph-message", "graph-note"} & set(names) else None)


def _disc(found: re.Match[str], mark: Mark) -> str:
    """The sign in its disc: at the corner of a box, in the middle of a line, before the words of a row."""
    shape, radius = found["shape"] or "", _RADIUS
    if found["tag"] == "path" or shape.startswith("<path"):
        x, y = _middle(shape if found["tag"] != "path" else found["attributes"])
    elif shape.startswith("<text"):
        x, y, radius = _value(shape, "x") - _BESIDE, _value(shape, "y") - 4.5, _SMALL
    elif shape.startswith("<polygon"):
        corners = [float(one) for one in _NUMBER.findall(shape)]
        x, y = max(corners[0::2]), min(corners[1::2])
    else:
        x, y = _value(shape, "x") + _value(shape, "width"), _value(shape, "y")
    return (
        f'<g class="graph-disc graph-{mark.name}" aria-hidden="true"><circle cx="{number(x)}" cy="{number(y)}" '
        f'r="{number(radius)}"/><text x="{number(x)}" y="{number(y + 4)}" text-anchor="middle">{mark.sign}</text></g>'
    )


def _value(shape: str, name: str) -> float:
    found = re.search(rf' {name}="([^"]+)"', shape)
    return float(found[1]) if found else 0.0


def _middle(shape: str) -> Point:
    """Of the middle stroke of a path of absolute lines and curves."""
    way = re.search(r' d="([^"]+)"', shape)
    points: list[list[Point]] = []
    for piece in _PIECE.finditer(way[1] if way else "M0 0"):
        numbers = [float(one) for one in _NUMBER.findall(piece[2])]
        if piece[1] in "MLC":
            points.append(list(zip(numbers[0::2], numbers[1::2], strict=True)))
    at = max(1, len(points) // 2)
    if at >= len(points):
        return points[0][0]
    (x1, y1), curve = points[at - 1][-1], points[at]
    x2, y2 = curve[-1]
    if len(curve) == 3:
        (ax, ay), (bx, by) = curve[0], curve[1]
        return (x1 + 3 * ax + 3 * bx + x2) / 8, (y1 + 3 * ay + 3 * by + y2) / 8
    if len(points) == 2 and y1 == y2:
        return x1 + copysign(_ALONG, x2 - x1), y1  # its words stand over the middle
    return (x1 + x2) / 2, (y1 + y2) / 2
