"""A flow as a sequence drawing: participants over their life lines, messages downwards in order."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from app.domain.diagrams.arrange import MARGIN
from app.domain.diagrams.drawing import LINE, box, counted, frame, head, label, line, origin, part
from app.domain.diagrams.lettering import width, wrapped
from app.domain.diagrams.walk import Message, Walk, walk
from app.domain.model import Component, Design, External, Flow, StepKind, name_key

_WIDEST_NAME, _WIDEST_MESSAGE = 150.0, 144.0
_PADDING, _LEAST_WIDTH, _NAMES = 14.0, 84.0, 48.0
_ROW, _BARE_ROW, _GAP, _LOOP = 24.0, 18.0, 24.0, 30.0

AnchorOf = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The middle of every participant's line, and how wide its box is."""

    middles: dict[str, float]
    boxes: dict[str, float]
    right: float


def sequence_svg(design: Design, flow: Flow, anchor_of: AnchorOf | None = None) -> str:
    """`anchor_of` gives the anchor of a line (from 1), without it nothing is a link."""
    walked = walk(flow)
    lines = {message: wrapped(message.text, _WIDEST_MESSAGE, 4) if message.text else () for message in walked.messages}
    columns = _columns(walked, lines)
    y, drawn = MARGIN + _NAMES, []
    for message in walked.messages:
        height = LINE * len(lines[message]) + (_ROW if lines[message] else _BARE_ROW)
        drawn.append(_message(message, lines[message], columns, y, height))
        y += height
    bottom = y + MARGIN / 2
    lives = "".join(line([(x, MARGIN + _NAMES - 8), (x, bottom)], "graph-life") for x in columns.middles.values())
    known = _known(design, walked)
    boxes = "".join(_participant(known, flow, name, columns, anchor_of) for name in walked.participants)
    return frame(columns.right, bottom + MARGIN / 2, _label(flow, walked), lives + "".join(drawn) + boxes)


def _label(flow: Flow, walked: Walk) -> str:
    more = f"; {counted(walked.left_out, 'more step')} not drawn" if walked.left_out else ""
    messages = sum(message.kind is not StepKind.note for message in walked.messages)
    parts = f"{counted(len(walked.participants), 'participant')}, {counted(messages, 'message')}"
    return f"Sequence {flow.name}: {parts}{more}"


def _columns(walked: Walk, lines: dict[Message, tuple[str, ...]]) -> _Columns:
    """Columns stand as far apart as the widest message between neighbours, or the boxes, ask for."""
    names = walked.participants
    boxes = {name: _box_width(name) for name in names}
    place = {name: at for at, name in enumerate(names)}
    gaps = [(boxes[one] + boxes[other]) / 2 + _GAP for one, other in pairwise(names)]
    right = boxes[names[-1]] / 2 if names else _WIDEST_MESSAGE
    for message, shown in lines.items():
        if not message.source or not shown:
            continue
        first, last = sorted((place[message.source], place[message.target]))
        wanted = max(width(text) for text in shown) + _GAP
        if first == last:
            wanted += _LOOP
            if first == len(names) - 1:
                right = max(right, wanted)
            else:
                gaps[first] = max(gaps[first], wanted)
        elif (missing := wanted - sum(gaps[first:last])) > 0:
            gaps[first:last] = [gap + missing / (last - first) for gap in gaps[first:last]]
    x = MARGIN + (boxes[names[0]] / 2 if names else 0.0)
    middles = {}
    for at, name in enumerate(names):
        middles[name] = x
        x += gaps[at] if at < len(gaps) else right
    return _Columns(middles, boxes, x + MARGIN)


def _box_width(name: str) -> float:
    return max(_LEAST_WIDTH, max(width(part) for part in wrapped(name, _WIDEST_NAME, 2)) + 2 * _PADDING)


def _known(design: Design, walked: Walk) -> dict[str, Component | External | None]:
    """The element of every participant that is one; in a text without components nobody is a stranger."""
    keys = {name_key(name) for name in walked.participants}
    known: dict[str, Component | External | None] = {} if design.components else dict.fromkeys(keys)
    elements: tuple[Component | External, ...] = (*design.components, *design.externals)
    for element in elements:
        if element.key in keys and not known.get(element.key):
            known[element.key] = element
    return known


def _participant(
    known: dict[str, Component | External | None], flow: Flow, name: str, columns: _Columns, anchor_of: AnchorOf | None
) -> str:
    """A component leads to its text; who is no component has a dashed box and leads to the flow."""
    element = known.get(name_key(name))
    component = element if isinstance(element, Component) else None
    anchor = anchor_of((element or flow).span.first_line) if anchor_of else ""
    if component and anchor_of:
        anchor = component.anchor
    note = component.purpose if component else element.note if isinstance(element, External) else ""
    x, wide = columns.middles[name], columns.boxes[name]
    inside = name_key(name) in known and not isinstance(element, External)
    css = "graph-box" if inside else "graph-box graph-external"
    lines = wrapped(name, _WIDEST_NAME, 2)
    shape = box(x - wide / 2, MARGIN, wide, _NAMES - 8) + label(x, MARGIN + (_NAMES - 8) / 2, lines)
    place = origin(element.id, element.span) if element else ""
    return part(css, f"{name}: {note}" if note else name, shape, place, anchor)


def _message(message: Message, lines: tuple[str, ...], columns: _Columns, top: float, height: float) -> str:
    """The words stand above their arrow. No link: a long flow would be a hundred stops of the tabulator."""
    place = origin("", message.span)
    if not message.source:
        wide = max((width(text) for text in lines), default=0.0) + 2 * _PADDING
        shape = box(MARGIN, top + 4, min(wide, columns.right - 2 * MARGIN), height - 8, 4)
        shape += label(MARGIN + _PADDING, top + height / 2, lines, anchor="start")
        return part("graph-note", message.text, shape, place)
    css = "graph-edge graph-answer" if message.kind is StepKind.answer else "graph-edge"
    begin, end = columns.middles[message.source], columns.middles[message.target]
    y = top + height - 8
    middle = y - 6 - LINE * len(lines) / 2
    if begin == end:
        shape = line([(begin, y - 12), (begin + _LOOP, y - 12), (begin + _LOOP, y), (begin, y)], css)
        shape += head((begin, y), (-1, 0)) + label(begin + _LOOP + 6, y - 6, lines, "graph-words", "start")
    else:
        shape = line([(begin, y), (end, y)], css) + head((end, y), (1 if end > begin else -1, 0))
        shape += label((begin + end) / 2, middle, lines, "graph-words") if lines else ""
    verb = "answers" if message.kind is StepKind.answer else "calls"
    said = f": {message.text}" if message.text else ""
    return part("graph-message", f"{message.source} {verb} {message.target}{said}", shape, place)
