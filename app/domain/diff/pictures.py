"""The drawings of two designs with marks on what differs, each with its differences in words. Finding them is not here.

Classes, for style sheets: `diff-drawings` (around all), `drawing` (one, a section) with `drawing-pair` (the drawings,
old before new; `drawing-stacked` where they are wide) and `drawing-list`; in drawings those of
`app.domain.diagrams.marked`.
"""

from collections.abc import Callable, Sequence

from app.domain.diagrams.entities import entities_svg
from app.domain.diagrams.graph import component_graph, unlinked
from app.domain.diagrams.marked import Mark, marked, place
from app.domain.diagrams.pipeline import pipeline_svg
from app.domain.diagrams.sequence import sequence_svg
from app.domain.diagrams.svg import graph_svg
from app.domain.diff.change import Kind
from app.domain.diff.drawings import DrawingChanges, ShapeChange, Subject
from app.domain.diff.html import count
from app.domain.diff.sentences import short
from app.domain.model import Design
from app.domain.render.escape import text
from app.domain.render.places import Places

MOST_DRAWN, MOST_LISTED = 12, 200
_MARKS = {kind: Mark(kind.value, kind.sign, kind.capitalize()) for kind in Kind}
_KINDS = (Kind.added, Kind.removed, Kind.renamed, Kind.changed)

AnchorOf = Callable[[int], str]


def pictures(old: Design, new: Design, drawings: Sequence[DrawingChanges], text_view: str) -> str:
    """Drawings that differ, the first of them as pictures, and the names of those that do not. The boxes of the new
    drawings lead to their text at the address `text_view`.
    """
    different = [one for one in drawings if one.changes]
    same = [one.title for one in drawings if not one.changes]
    shown = "".join(
        _drawing(one, _pair(old, new, one, text_view) if at < MOST_DRAWN else "") for at, one in enumerate(different)
    )
    legend = _LEGEND if different else ""
    if not drawings:
        shown = '<p class="diff-empty">Neither revision has anything that is drawn.</p>'
    elif not different:
        shown = '<p class="diff-empty">The drawings are the same.</p>'
    named = f'<p class="drawing-same">Unchanged: {text("; ".join(same))}.</p>' if same else ""
    return f'<div class="diff diff-drawings">{legend}{shown}{named}</div>'


def _legend() -> str:
    signs = "".join(
        f'<span class="drawing-key graph-{kind}"><span class="drawing-sign" aria-hidden="true">{kind.sign}</span>'
        f"{kind}</span>"
        for kind in _KINDS
    )
    return f'<p class="drawing-legend">{signs}</p>'


_LEGEND = _legend()


def _drawing(one: DrawingChanges, pair: str) -> str:
    fate = Kind.added if one.old_key is None else Kind.removed if one.new_key is None else None
    told = f' <span class="diff-fate">{fate}</span>' if fate else ""
    return (
        f'<section class="drawing" aria-label="{text(one.title)}"><h3 class="diff-title">{text(one.title)}{told}'
        f' <span class="diff-count">{_counts(one.changes)}</span></h3>{pair}{_list(one.changes)}</section>'
    )


def _counts(changes: Sequence[ShapeChange]) -> str:
    found = [(kind, sum(change.kind is kind for change in changes)) for kind in _KINDS]
    signs = " ".join(f"{kind.sign}{number}" for kind, number in found if number)
    words = ", ".join(f"{number} {kind}" for kind, number in found if number)
    return f'<span aria-hidden="true">{signs}</span><span class="visually-hidden">{words}</span>'


def _pair(old: Design, new: Design, one: DrawingChanges, text_view: str) -> str:
    """The old drawing beside the new one; what only one side has is drawn without marks: all of it is new or gone."""
    draw, whole = _DRAWERS[one.subject], one.old_key is None or one.new_key is None
    figures = []
    if one.old_key is not None and (svg := draw(old, one.old_key, None)):
        # Two drawings in one page: each has its own arrow head.
        svg = svg.replace("GraphArrow", "GraphArrowBefore")
        figures.append(_figure(f"{one.title}, before", "Before", svg if whole else _marked(svg, one, new=False)))
    if one.new_key is not None and (svg := draw(new, one.new_key, Places(new.source).anchor)):
        svg = svg.replace(' href="#', f' href="{text(text_view)}#')
        figures.append(_figure(f"{one.title}, after", "After", svg if whole else _marked(svg, one, new=True)))
    # What is shrunk to half the page cannot be read, and what scrolls there cannot be compared.
    stacked = " drawing-stacked" if any('"graph-svg graph-wide"' in figure for figure in figures) else ""
    return f'<div class="drawing-pair{stacked}">{"".join(figures)}</div>' if figures else ""


def _figure(label: str, caption: str, svg: str) -> str:
    return (
        f'<figure class="graph" tabindex="0" aria-label="{text(label)}"><figcaption>{caption}</figcaption>'
        f"{svg}</figure>"
    )


def _marked(svg: str, one: DrawingChanges, *, new: bool) -> str:
    nodes, edges = dict[str, Mark](), dict[str, Mark]()
    for change in one.changes:
        shape = change.new if new else change.old
        if shape is not None:
            (edges if shape.edge else nodes).setdefault(place(shape.span), _MARKS[change.kind])
    return marked(svg, nodes, edges)


def _list(changes: Sequence[ShapeChange]) -> str:
    ordered = sorted(changes, key=lambda change: _KINDS.index(change.kind))
    items = "".join(
        f'<li><span class="compared-sign" aria-hidden="true">{change.kind.sign}</span> {text(sentence(change))}</li>'
        for change in ordered[:MOST_LISTED]
    )
    left = len(changes) - MOST_LISTED
    last = f"<li>{count(left, 'more difference')}</li>" if left > 0 else ""
    return f'<ul class="drawing-list">{items}{last}</ul>'


def sentence(change: ShapeChange) -> str:
    """`dependency Billing → Ledger added`."""
    name = f"{change.shape.noun} {short(change.shape.name)}"
    if change.kind is Kind.renamed and change.old and change.new:
        return f"{change.old.noun} {short(change.old.name)} renamed {short(change.new.name)}"
    if change.kind is Kind.changed:
        return f"{name} changed: {', '.join(change.facts)}"
    return f"{name} {change.kind}"


def _components(design: Design, _key: str, anchor_of: AnchorOf | None) -> str:
    graph = component_graph(design, anchor_of or str)
    return graph_svg(graph if anchor_of else unlinked(graph)) if graph else ""


def _sequence(design: Design, key: str, anchor_of: AnchorOf | None) -> str:
    flow = next((flow for flow in design.flows if flow.id == key), None)
    return sequence_svg(design, flow, anchor_of) if flow else ""


def _entities(design: Design, _key: str, anchor_of: AnchorOf | None) -> str:
    return entities_svg(design, anchor_of) if design.tables else ""


def _pipeline(design: Design, _key: str, anchor_of: AnchorOf | None) -> str:
    return pipeline_svg(design, anchor_of) if design.stages else ""


def _as_written(_design: Design, _key: str, _anchor_of: AnchorOf | None) -> str:
    """A chart is drawn by its author."""
    return ""


_DRAWERS: dict[Subject, Callable[[Design, str, AnchorOf | None], str]] = {
    Subject.components: _components,
    Subject.sequence: _sequence,
    Subject.entities: _entities,
    Subject.pipeline: _pipeline,
    Subject.chart: _as_written,
}
