"""The tables of a schema as an entity-relationship drawing: a box for each table, a line for each foreign key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.diagrams.arrange import MARGIN, Gaps, arranged, in_lines, way
from app.domain.diagrams.drawing import Point, box, counted, frame, line, origin, part, words
from app.domain.diagrams.lettering import shortened, width
from app.domain.diagrams.references import Join, joins, tables_by_key
from app.domain.model import Column, Design, Table, name_key
from app.domain.render.escape import text

MOST_TABLES, MOST_COLUMNS = 60, 40
_PAGE = 720.0
_HEAD, _ROW, _PADDING = 30.0, 19.0, 10.0
_WIDEST_NAME, _WIDEST_TYPE, _BETWEEN = 170.0, 215.0, 14.0
_BOLD, _LIGHT = 1.14, 0.88  # names are bolder and types smaller than what `width` expects, in any font
_GAPS = Gaps(72, 24)

AnchorOf = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class _Box:
    """A table with the columns that are drawn and its size; `hidden` counts the others."""

    table: Table
    columns: tuple[Column, ...]
    hidden: int
    name_width: float
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0

    def row(self, column: Column | None) -> float:
        """The middle of a column's row, or of the head."""
        if column is not None and column in self.columns:
            return self.top + _HEAD + (self.columns.index(column) + 0.5) * _ROW
        return self.top + _HEAD / 2


@dataclass(frozen=True, slots=True)
class _Joined:
    """A foreign key between two boxes, by their numbers: of many rows here each means one there."""

    join: Join
    many: int
    one: int


def entities_svg(design: Design, anchor_of: AnchorOf | None = None, *, keys_only: bool = False) -> str:
    """`keys_only` leaves out the columns that are no key, so that a large schema fits on a page."""
    tables = tables_by_key(design)
    place = {key: at for at, key in enumerate(list(tables)[:MOST_TABLES])}
    joined = [_Joined(join, *ends) for join in joins(design) if (ends := _ends(join, place))]
    boxes = [_box(tables[key], keys_only=keys_only) for key in place]
    edges = list(dict.fromkeys((one.many, one.one) for one in joined if one.many != one.one))
    boxes, bends, total = _placed(boxes, edges)
    lines = "".join(_line(one, boxes, bends.get((one.many, one.one), ())) for one in joined)
    drawn = "".join(_table(item, anchor_of) for item in boxes)
    return frame(*total, _label(len(place), len(joined), len(tables) - len(place)), lines + drawn)


def _ends(join: Join, place: dict[str, int]) -> tuple[int, int] | None:
    many = place.get(name_key(join.table.name))
    one = place.get(name_key(join.target.name)) if join.target else None
    return None if many is None or one is None else (many, one)


def _label(tables: int, keys: int, left_out: int) -> str:
    more = f"; {counted(left_out, 'more table')} not drawn" if left_out else ""
    return f"Entities and relations: {counted(tables, 'table')}, {counted(keys, 'foreign key')}{more}"


def _box(table: Table, *, keys_only: bool) -> _Box:
    wanted = [c for c in table.columns if c.primary_key or c.references or c.unique] if keys_only else table.columns
    columns = tuple(wanted[:MOST_COLUMNS])
    hidden = len(table.columns) - len(columns)
    names = max((_BOLD * min(width(column.name), _WIDEST_NAME) for column in columns), default=0.0)
    types = max((_LIGHT * min(width(column.type), _WIDEST_TYPE) for column in columns), default=0.0)
    marks = max((width(_mark(column)) for column in columns), default=0.0)
    inner = max(
        names + _BETWEEN + types + _BETWEEN + marks, _BOLD * min(width(table.name), _WIDEST_NAME + _WIDEST_TYPE)
    )
    height = _HEAD + _ROW * (len(columns) + bool(hidden)) + 6 * bool(table.columns)
    return _Box(table, columns, hidden, names, inner + 2 * _PADDING, height)


def _placed(
    boxes: Sequence[_Box], edges: list[tuple[int, int]]
) -> tuple[list[_Box], dict[tuple[int, int], tuple[Point, ...]], Point]:
    """The boxes in their places, the bends of every edge from its table on, and the size of the whole."""
    arrangement = arranged([(item.width, item.height) for item in boxes], edges, _GAPS, upright=False)
    middles = dict(arrangement.middles)
    bottom = max((y + boxes[at].height / 2 + _GAPS.across for at, (_, y) in middles.items()), default=MARGIN)
    alone = [(boxes[at].width, boxes[at].height) for at in arrangement.alone]
    widest = max((x + boxes[at].width / 2 + MARGIN for at, (x, _) in middles.items()), default=0.0)
    middles |= zip(arrangement.alone, in_lines(alone, bottom, max(_PAGE, widest), _GAPS.across), strict=True)
    placed = [_moved(item, middles[at]) for at, item in enumerate(boxes)]
    bends = dict(zip(edges, arrangement.bends, strict=True))
    right = max(item.left + item.width for item in placed) + 2 * MARGIN
    return placed, bends, (right, max(item.top + item.height for item in placed) + MARGIN)


def _moved(item: _Box, middle: Point) -> _Box:
    left, top = middle[0] - item.width / 2, middle[1] - item.height / 2
    return _Box(item.table, item.columns, item.hidden, item.name_width, item.width, item.height, left, top)


def _line(joined: _Joined, boxes: Sequence[_Box], bends: tuple[Point, ...]) -> str:
    """A crow's foot where the key is, a bar where it points at."""
    join, many, one = joined.join, boxes[joined.many], boxes[joined.one]
    begin_y, end_y = many.row(join.column), one.row(join.to)
    if many is one:
        right = many.left + many.width
        begin, end, side = (right, begin_y), (right, end_y), (1, 1)
        path = f"M{right:.1f} {begin_y:.1f}h14V{end_y:.1f}h-14"
    else:
        side = (1, -1) if many.left < one.left else (-1, 1)
        begin = (many.left + many.width * (side[0] > 0), begin_y)
        end = (one.left + one.width * (side[1] > 0), end_y)
        feet = (begin[0] + side[0] * 10, begin_y), (end[0] + side[1] * 10, end_y)
        path = way([begin, feet[0], *bends, feet[1], end], upright=False)
    x, y = begin
    foot = line([(x, y - 4), (x + side[0] * 8, y), (x, y + 4)], "graph-edge")
    bar = line([(end[0] + side[1] * 6, end_y - 4), (end[0] + side[1] * 6, end_y + 4)], "graph-edge")
    shape = f'<path class="graph-edge" d="{path}"/>{foot}{bar}'
    place = origin(f"{join.table.id}.{join.column.name}", join.column.span) if join.column else ""
    place = origin("", join.drawn) if join.drawn else place
    return part("graph-join", _sentence(join, one.table), shape, place)


def _sentence(join: Join, target: Table) -> str:
    here = ".".join([join.table.name, *filter(None, [", ".join(column.name for column in join.columns)])])
    there = ".".join([target.name, *filter(None, [", ".join(column.name for column in join.targets)])])
    return f"{here} refers to {there}" + (f": {join.label}" if join.label else "")


def _table(item: _Box, anchor_of: AnchorOf | None) -> str:
    table = item.table
    head_line = line([(item.left, item.top + _HEAD), (item.left + item.width, item.top + _HEAD)], "graph-rule")
    rows = "".join(_row(item, at, column) for at, column in enumerate(item.columns))
    if item.hidden:
        y = item.top + _HEAD + (len(item.columns) + 0.5) * _ROW + 5
        rows += words(item.left + _PADDING, y, f"and {counted(item.hidden, 'more column')}", "graph-type")
    name = shortened(table.name, (item.width - 2 * _PADDING) / _BOLD + 0.01)
    shape = box(item.left, item.top, item.width, item.height, 6) + (head_line if table.columns else "")
    shape += words(item.left + _PADDING, item.top + 20, name, "graph-name") + rows
    title = f"{table.name}: {', '.join(_said(column) for column in table.columns)}"
    anchor = anchor_of(table.span.first_line) if anchor_of else ""
    return part("graph-box graph-table", title, shape, origin(table.id, table.span), anchor)


def _said(column: Column) -> str:
    keys = [("primary key", column.primary_key), ("unique", column.unique)]
    keys.append((f"refers to {column.references}", bool(column.references)))
    return " ".join([column.name, column.type, *(word for word, holds in keys if holds)]).replace("  ", " ")


def _row(item: _Box, at: int, column: Column) -> str:
    """Name, type, and what kind of key it is."""
    y = item.top + _HEAD + (at + 0.5) * _ROW + 5
    left = item.left + _PADDING
    css = "graph-column" if column.nullable else "graph-column graph-required"
    mark = _mark(column)
    shown = words(left, y, shortened(column.name, _WIDEST_NAME), css)
    shown += words(left + item.name_width + _BETWEEN, y, shortened(column.type, _WIDEST_TYPE), "graph-type")
    shown += words(item.left + item.width - _PADDING, y, mark, "graph-mark", "end") if mark else ""
    return f"<g{origin(f'{item.table.id}.{column.name}', column.span)}><title>{text(_said(column))}</title>{shown}</g>"


def _mark(column: Column) -> str:
    keys = (("PK", column.primary_key), ("FK", bool(column.references)), ("UQ", column.unique))
    return " ".join(mark for mark, holds in keys if holds)
