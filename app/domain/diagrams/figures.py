"""Which drawings a page has, and behind which heading each stands. How they look stands in the other modules."""

from collections.abc import Callable, Iterator
from itertools import groupby

from app.domain.diagrams.entities import entities_svg
from app.domain.diagrams.graph import component_graph
from app.domain.diagrams.pipeline import pipeline_svg
from app.domain.diagrams.sequence import sequence_svg
from app.domain.diagrams.svg import graph_svg
from app.domain.model import Design, Section
from app.domain.render.escape import text
from app.domain.roles import Role

MOST_FLOWS = 12
_FEW_TABLES = 6  # of more, a page shows the keys only

AnchorOf = Callable[[int], str]


def figures(design: Design, anchor_of: AnchorOf) -> dict[int, str]:
    """By the first byte of a heading the figures behind it; -1 is the top of the page.

    Flows, tables and stages have none where their section shows an image: that is the author's own drawing.
    """
    starts = {anchor: start for start, anchor in design.source.anchors.items()}
    pictured = _pictured(design)
    found: dict[int, str] = {}
    for section_id, figure in _figures(design, pictured, anchor_of):
        start = starts.get(section_id, -1)
        found[start] = found.get(start, "") + figure
    return found


def _figures(design: Design, pictured: frozenset[str], anchor_of: AnchorOf) -> Iterator[tuple[str, str]]:
    """The section of each figure and the figure."""
    graph = component_graph(design, anchor_of)
    if graph:
        components = next((section.id for section in design.sections if section.role is Role.components), "")
        yield components, _figure("Component graph", graph_svg(graph))
    flows = [flow for flow in design.flows if flow.section_id not in pictured]
    for section_id, group in groupby(flows[:MOST_FLOWS], key=lambda flow: flow.section_id):
        drawn = (_figure(f"Sequence: {flow.name}", sequence_svg(design, flow, anchor_of)) for flow in group)
        yield section_id, "".join(drawn)
    schema = _first(design, Role.schema)
    if schema and schema.id not in pictured and len(design.tables) > 1:
        svg = entities_svg(design, anchor_of, keys_only=len(design.tables) > _FEW_TABLES)
        yield schema.id, _figure("Entities and relations", svg)
    pipeline = _first(design, Role.pipeline)
    if pipeline and pipeline.id not in pictured and len(design.stages) > 1:
        yield pipeline.id, _figure("Pipeline", pipeline_svg(design, anchor_of))


def _first(design: Design, role: Role) -> Section | None:
    """The innermost of the first sections of a role: `Schema Design` in `Database Design`."""
    found = None
    for section in design.sections:
        if section.role is role and (found is None or section.parent == found.id):
            found = section
        elif found and section.level <= found.level:
            break
    return found


def _pictured(design: Design) -> frozenset[str]:
    """Sections that show an image in their own text; both come in the order of the text."""
    found = set()
    sections, at = design.sections, -1
    for image in design.images:
        while at + 1 < len(sections) and sections[at + 1].span.start <= image.span.start:
            at += 1
        if at >= 0:
            found.add(sections[at].id)
    return frozenset(found)


def _figure(label: str, svg: str) -> str:
    return f'<figure class="graph" tabindex="0" aria-label="{text(label)}">{svg}</figure>'
