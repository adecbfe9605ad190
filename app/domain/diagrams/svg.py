"""The laid out component graph as SVG: every box a link to its text, every arrow with a sentence."""

from app.domain.diagrams.arrange import way
from app.domain.diagrams.drawing import WIDE as WIDE
from app.domain.diagrams.drawing import box, counted, frame, label, origin, part
from app.domain.diagrams.graph import Arrow, Graph, Node
from app.domain.render.escape import text

_MARKER = (
    '<defs><marker id="GraphArrow" viewBox="0 0 8 8" markerWidth="8" markerHeight="8" refX="7" refY="4" '
    'orient="auto-start-reverse" markerUnits="userSpaceOnUse">'
    '<path class="graph-arrow" d="M0 0.5 8 4 0 7.5z"/></marker></defs>'
)


def graph_svg(graph: Graph) -> str:
    names = {node.key: node.name for node in graph.nodes}
    arrows = "".join(_arrow(arrow, names) for arrow in graph.arrows)
    boxes = "".join(_box(node) for node in graph.nodes)
    return frame(graph.width, graph.height, _label(graph), f"{_MARKER}{arrows}{boxes}")


def _label(graph: Graph) -> str:
    inside = sum(not node.external for node in graph.nodes)
    outside = len(graph.nodes) - inside
    parts = [counted(inside, "component"), counted(outside, "external system") if outside else ""]
    parts.append(counted(len(graph.arrows), "dependency", "dependencies"))
    more = f"; {graph.left_out} more components are not drawn" if graph.left_out else ""
    return f"Component graph: {', '.join(part for part in parts if part)}{more}"


def _arrow(arrow: Arrow, names: dict[str, str]) -> str:
    why = f": {arrow.note}" if arrow.note else ""
    title = text(f"{names[arrow.source]} depends on {names[arrow.target]}{why}")
    path = way(arrow.points, upright=arrow.upright)
    place = origin(arrow.id, arrow.span)
    return f'<path class="graph-edge" d="{path}" marker-end="url(#GraphArrow)"{place}><title>{title}</title></path>'


def _box(node: Node) -> str:
    css = "graph-box graph-external" if node.external else "graph-box"
    title = f"{node.name}: {node.note}" if node.note else node.name
    shape = box(node.x - node.width / 2, node.y - node.height / 2, node.width, node.height)
    return part(css, title, shape + label(node.x, node.y, node.lines), origin(node.id, node.span), node.anchor)
