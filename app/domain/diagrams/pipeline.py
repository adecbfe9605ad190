"""The way to production as a drawing: stages in order, manual gates, and where each deploys to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.diagrams.arrange import MARGIN, in_lines
from app.domain.diagrams.drawing import Point, box, counted, frame, head, label, line, number, origin, part, words
from app.domain.diagrams.lettering import width, wrapped
from app.domain.model import Design, Environment, Stage, deployed_by, never_deployed

MOST_STAGES = 60
_PAGE, _WIDEST_TEXT = 720.0, 124.0
_PADDING, _LEAST_WIDTH, _GATE = 14.0, 72.0, 12.0
_NEVER = "Not deployed by any stage:"
_HEIGHT, _GAP, _BELOW, _PLACE = 48.0, 26.0, 22.0, 28.0

AnchorOf = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class _Box:
    """A stage with its lines and its place."""

    stage: Stage
    lines: tuple[str, ...]
    environment: Environment | None
    width: float
    left: float
    top: float

    @property
    def middle(self) -> Point:
        return (self.left + self.width / 2, self.top + _HEIGHT / 2)


def pipeline_svg(design: Design, anchor_of: AnchorOf | None = None) -> str:
    boxes, bottom = _boxes(design)
    ways = "".join(_way(one, other) for one, other in pairwise(boxes))
    drawn = "".join(_stage(item, anchor_of) for item in boxes)
    right = max(item.left + item.width for item in boxes) + MARGIN
    idle = never_deployed(design.stages, design.environments)[:MOST_STAGES]
    if idle:
        left_over, right, bottom = _never(idle, right, bottom, anchor_of)
        drawn += left_over
    return frame(right, bottom + MARGIN, _label(design), ways + drawn)


def _label(design: Design) -> str:
    gates = sum(stage.manual for stage in design.stages)
    more = len(design.stages) - MOST_STAGES
    parts = f"{counted(len(design.stages), 'stage')}, {counted(gates, 'manual gate')}"
    idle = len(never_deployed(design.stages, design.environments))
    parts += f"; {counted(idle, 'environment')} that no stage deploys to" if idle else ""
    return f"Pipeline: {parts}" + (f"; {counted(more, 'more stage')} not drawn" if more > 0 else "")


def _boxes(design: Design) -> tuple[list[_Box], float]:
    """Line after line of the page's width; a line is deeper when a stage in it deploys. Also the lowest edge."""
    boxes: list[_Box] = []
    left, top, bottom = MARGIN, MARGIN, MARGIN
    for stage in design.stages[:MOST_STAGES]:
        lines = wrapped(stage.name, _WIDEST_TEXT, 2)
        wide = max(width(part) for part in lines) + 2 * _PADDING + 2 * _GATE * stage.manual
        wide = max(wide, _place_width(stage.deploys_to))
        if left + wide + MARGIN > _PAGE and left > MARGIN:
            left, top = MARGIN, bottom + _GAP
        boxes.append(_Box(stage, lines, deployed_by(stage, design.environments), wide, left, top))
        left += wide + _GAP
        bottom = max(bottom, top + _HEIGHT + (_BELOW + _PLACE) * bool(stage.deploys_to))
    return boxes, bottom


def _place_width(name: str) -> float:
    return max(_LEAST_WIDTH, min(width(name), _WIDEST_TEXT) + 2 * _PADDING)


def _way(one: _Box, other: _Box) -> str:
    """To the right, or round to the beginning of the next line."""
    begin = (one.left + one.width, one.middle[1])
    end = (other.left, other.middle[1])
    if one.top == other.top:
        return line([begin, end], "graph-edge") + head(end, (1, 0))
    between = other.top - _GAP / 2
    turn, back = begin[0] + _GAP / 3, MARGIN / 2
    points = [begin, (turn, begin[1]), (turn, between), (back, between), (back, end[1]), end]
    return line(points, "graph-edge") + head(end, (1, 0))


def _stage(item: _Box, anchor_of: AnchorOf | None) -> str:
    stage = item.stage
    x, y = item.middle
    shape = _gate(item) if stage.manual else box(item.left, item.top, item.width, _HEIGHT)
    shape += label(x, y, item.lines)
    title = f"{stage.name} (manual gate)" if stage.manual else stage.name
    css = "graph-box graph-gate" if stage.manual else "graph-box"
    anchor = anchor_of(stage.span.first_line) if anchor_of else ""
    return part(css, title, shape, origin(stage.id, stage.span), anchor) + _deployment(item, anchor_of)


def _gate(item: _Box) -> str:
    """Six corners, so that a gate is one without any colour."""
    left, right, top, bottom = item.left, item.left + item.width, item.top, item.top + _HEIGHT
    middle = item.middle[1]
    corners = [(left + _GATE, top), (right - _GATE, top), (right, middle)]
    corners += [(right - _GATE, bottom), (left + _GATE, bottom), (left, middle)]
    points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    return f'<polygon points="{points}"/>'


def _deployment(item: _Box, anchor_of: AnchorOf | None) -> str:
    """The environment below its stage; dashed when the text declares no such environment."""
    name = item.environment.name if item.environment else item.stage.deploys_to
    if not name:
        return ""
    x, top = item.middle[0], item.top + _HEIGHT + _BELOW
    (shown,) = wrapped(name, _WIDEST_TEXT, 1)
    wide = _place_width(name)
    arrow = line([(x, item.top + _HEIGHT), (x, top)], "graph-edge graph-answer") + head((x, top), (0, 1))
    shape = box(x - wide / 2, top, wide, _PLACE, _PLACE / 2) + label(x, top + _PLACE / 2, (shown,))
    if item.environment is None:
        return arrow + part("graph-box graph-external", f"{name} (no such environment is declared)", shape)
    span = item.environment.span
    anchor = anchor_of(span.first_line) if anchor_of else ""
    return arrow + part("graph-box graph-place", name, shape, origin(item.environment.id, span), anchor)


def _never(
    environments: Sequence[Environment], right: float, bottom: float, anchor_of: AnchorOf | None
) -> tuple[str, float, float]:
    """The environments that no stage deploys to, below all stages, dashed and under their heading; the new edges."""
    top = bottom + _GAP + _PLACE / 2
    sizes = [(_place_width(environment.name), _PLACE) for environment in environments]
    middles = in_lines(sizes, top + _PADDING, _PAGE, _PADDING)
    drawn = words(MARGIN, top, _NEVER, "graph-words")
    right = max(right, MARGIN + width(_NEVER) + MARGIN)
    for environment, (x, y), (wide, _) in zip(environments, middles, sizes, strict=True):
        (shown,) = wrapped(environment.name, _WIDEST_TEXT, 1)
        shape = box(x - wide / 2, y - _PLACE / 2, wide, _PLACE, _PLACE / 2) + label(x, y, (shown,))
        anchor = anchor_of(environment.span.first_line) if anchor_of else ""
        place = origin(environment.id, environment.span)
        css = "graph-box graph-place graph-external"
        drawn += part(css, f"{environment.name} (no stage deploys to it)", shape, place, anchor)
        right, bottom = max(right, x + wide / 2 + MARGIN), max(bottom, y + _PLACE / 2)
    return drawn, right, bottom
