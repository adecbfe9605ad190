"""A laid out graph as SVG: classes only, no colours, everything escaped, every box a link to its text."""

from itertools import pairwise

from app.domain.diagrams.graph import Arrow, Graph, Node
from app.domain.diagrams.lettering import SIZE
from app.domain.render.escape import text

_MARKER = (
    '<defs><marker id="GraphArrow" viewBox="0 0 8 8" markerWidth="8" markerHeight="8" refX="7" refY="4" '
    'orient="auto-start-reverse" markerUnits="userSpaceOnUse">'
    '<path class="graph-arrow" d="M0 0.5 8 4 0 7.5z"/></marker></defs>'
)


WIDE = 1080  # beyond, a drawing scrolls: shrunk to a column it could not be read


def graph_svg(graph: Graph) -> str:
    width, height = _number(graph.width), _number(graph.height)
    names = {node.key: node.name for node in graph.nodes}
    arrows = "".join(_arrow(arrow, names) for arrow in graph.arrows)
    boxes = "".join(_box(node) for node in graph.nodes)
    size = "graph-svg graph-wide" if graph.width > WIDE else "graph-svg"
    return (
        f'<svg class="{size}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="group" aria-label="{text(_label(graph))}">{_MARKER}{arrows}{boxes}</svg>'
    )


def _label(graph: Graph) -> str:
    inside = sum(not node.external for node in graph.nodes)
    outside = len(graph.nodes) - inside
    parts = [_counted(inside, "component"), _counted(outside, "external system") if outside else ""]
    parts.append(_counted(len(graph.arrows), "dependency", "dependencies"))
    more = f"; {graph.left_out} more components are not drawn" if graph.left_out else ""
    return f"Component graph: {', '.join(part for part in parts if part)}{more}"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _arrow(arrow: Arrow, names: dict[str, str]) -> str:
    title = text(f"{names[arrow.source]} depends on {names[arrow.target]}")
    return f'<path class="graph-edge" d="{_path(arrow)}" marker-end="url(#GraphArrow)"><title>{title}</title></path>'


def _path(arrow: Arrow) -> str:
    """Straight where it can be, else curves that leave and arrive along the layers' direction."""
    first = arrow.points[0]
    pieces = [f"M{_number(first[0])} {_number(first[1])}"]
    for (x1, y1), (x2, y2) in pairwise(arrow.points):
        end = f"{_number(x2)} {_number(y2)}"
        if x1 == x2 or y1 == y2:
            pieces.append(f"L{end}")
        elif arrow.upright:
            middle = _number((y1 + y2) / 2)
            pieces.append(f"C{_number(x1)} {middle} {_number(x2)} {middle} {end}")
        else:
            middle = _number((x1 + x2) / 2)
            pieces.append(f"C{middle} {_number(y1)} {middle} {_number(y2)} {end}")
    return "".join(pieces)


def _box(node: Node) -> str:
    css = "graph-box graph-external" if node.external else "graph-box"
    left, top = _number(node.x - node.width / 2), _number(node.y - node.height / 2)
    first = node.y - (len(node.lines) - 1) * 8 + SIZE * 0.35
    lines = "".join(
        f'<tspan x="{_number(node.x)}" y="{_number(first + at * 16)}">{text(line)}</tspan>'
        for at, line in enumerate(node.lines)
    )
    title = text(f"{node.name}: {node.note}" if node.note else node.name)
    return (
        f'<a class="{css}" href="#{text(node.anchor)}"><title>{title}</title>'
        f'<rect x="{left}" y="{top}" width="{_number(node.width)}" height="{_number(node.height)}" '
        f'rx="8"/><text text-anchor="middle">{lines}</text></a>'
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
