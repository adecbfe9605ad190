"""The strokes that all drawings share: a frame, boxes that lead to their text, labels, arrow heads.

Classes only, no colours, everything escaped. What is drawn where stands in the modules of the diagrams.
"""

from collections.abc import Iterable

from app.domain.diagrams.lettering import SIZE
from app.domain.render.escape import text
from app.domain.text import Span

WIDE = 1080  # beyond, a drawing scrolls: shrunk to a column it could not be read
LINE = 16.0
_HEAD, _HALF = 7.0, 3.5

Point = tuple[float, float]


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def frame(width: float, height: float, label: str, body: str) -> str:
    """The whole drawing; `label` is what a screen reader says of it before its parts."""
    size = "graph-svg graph-wide" if width > WIDE else "graph-svg"
    return (
        f'<svg class="{size}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" role="group" aria-label="{text(label)}">{body}</svg>'
    )


def counted(many: int, one: str, plural: str = "") -> str:
    return f"{many} {one if many == 1 else plural or one + 's'}"


def origin(element_id: str, span: Span) -> str:
    """` data-id="…" data-span="line:column-line:column"`, from 0: which element of the text this is."""
    start, end = span.start, span.end
    place = f"{start.line}:{start.column}-{end.line}:{end.column}"
    name = f' data-id="{text(element_id)}"' if element_id else ""
    return f'{name} data-span="{place}"'


def part(css: str, title: str, body: str, place: str = "", anchor: str = "") -> str:
    """A titled group, a link where there is an anchor to lead to; `place` comes from `origin`."""
    tag, href = ("a", f' href="#{text(anchor)}"') if anchor else ("g", "")
    return f'<{tag} class="{css}"{href}{place}><title>{text(title)}</title>{body}</{tag}>'


def box(left: float, top: float, width: float, height: float, radius: float = 8) -> str:
    size = f'width="{number(width)}" height="{number(height)}"'
    return f'<rect x="{number(left)}" y="{number(top)}" {size} rx="{number(radius)}"/>'


def label(x: float, middle: float, lines: Iterable[str], css: str = "", anchor: str = "middle") -> str:
    """Lines of text whose block has its middle at `middle`."""
    shown = tuple(lines)
    first = middle - (len(shown) - 1) * LINE / 2 + SIZE * 0.35
    spans = "".join(
        f'<tspan x="{number(x)}" y="{number(first + at * LINE)}">{text(line)}</tspan>' for at, line in enumerate(shown)
    )
    kind = f' class="{css}"' if css else ""
    return f'<text{kind} text-anchor="{anchor}">{spans}</text>'


def words(x: float, baseline: float, content: str, css: str, anchor: str = "start") -> str:
    """One line of text on its base line."""
    place = f'x="{number(x)}" y="{number(baseline)}"'
    return f'<text class="{css}" {place} text-anchor="{anchor}">{text(content)}</text>'


def line(points: Iterable[Point], css: str) -> str:
    way = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f'<path class="{css}" d="M{way}"/>'


def head(at: Point, direction: Point) -> str:
    """An arrow head whose tip is at a point; the direction is one of the four sides, as (±1, 0) or (0, ±1)."""
    (x, y), (along, down) = at, direction
    back = (x - along * _HEAD, y - down * _HEAD)
    one = (back[0] + down * _HALF, back[1] + along * _HALF)
    other = (back[0] - down * _HALF, back[1] - along * _HALF)
    corners = "L".join(f"{number(px)} {number(py)}" for px, py in (at, one, other))
    return f'<path class="graph-arrow" d="M{corners}z"/>'
