"""What can be drawn and as what: one door to all drawings of a design as text of a file."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from app.domain.diagrams import mermaid, plantuml, sql, structurizr
from app.domain.diagrams.entities import entities_svg
from app.domain.diagrams.graph import component_graph, unlinked
from app.domain.diagrams.pipeline import pipeline_svg
from app.domain.diagrams.sequence import sequence_svg
from app.domain.diagrams.style import alone, stacked
from app.domain.diagrams.svg import graph_svg
from app.domain.model import Design


class Diagram(StrEnum):
    """What of a design is drawn."""

    components = "components"
    sequence = "sequence"
    er = "er"
    pipeline = "pipeline"


class Notation(StrEnum):
    """What a drawing is written in."""

    svg = "svg"
    mermaid = "mermaid"
    plantuml = "plantuml"
    structurizr = "structurizr"
    sql = "sql"


class CannotDraw(Exception):
    """Why there is no such drawing, as a sentence."""


class NothingToDraw(CannotDraw):
    """The text has nothing of that kind."""


_NEEDS = {
    Diagram.components: ("components", "components"),
    Diagram.sequence: ("flows", "flows"),
    Diagram.er: ("tables", "tables"),
    Diagram.pipeline: ("stages", "stages of a pipeline"),
}


def draw(design: Design, diagram: Diagram, notation: Notation, dialect: sql.Dialect = sql.Dialect.postgresql) -> str:
    """The drawing as the text of a file; raises `CannotDraw`. The dialect is that of SQL."""
    writer = _WRITERS.get((diagram, notation))
    if writer is None:
        others = ", ".join(other for kind, other in _WRITERS if kind is diagram)
        raise CannotDraw(f"{diagram} cannot be written as {notation}; choose one of {others}.")
    attribute, words = _NEEDS[diagram]
    if not getattr(design, attribute):
        raise NothingToDraw(f"there is nothing to draw: no {words} were found in it.")
    if notation is Notation.sql:
        return sql.schema(design, dialect)
    return writer(design)


def default_diagram(notation: Notation) -> Diagram:
    """What somebody means who only says how it is to be written."""
    return Diagram.er if notation is Notation.sql else Diagram.components


def _components_svg(design: Design) -> str:
    """Without links: a file has no text to lead to."""
    graph = component_graph(design, str)
    return alone(graph_svg(unlinked(graph))) if graph else ""


_WRITERS: dict[tuple[Diagram, Notation], Callable[[Design], str]] = {
    (Diagram.components, Notation.svg): _components_svg,
    (Diagram.components, Notation.mermaid): mermaid.components,
    (Diagram.components, Notation.plantuml): plantuml.components,
    (Diagram.components, Notation.structurizr): structurizr.components,
    (Diagram.sequence, Notation.svg): lambda design: stacked(
        [(flow.name, sequence_svg(design, flow)) for flow in design.flows]
    ),
    (Diagram.sequence, Notation.mermaid): lambda design: mermaid.sequence(design.flows),
    (Diagram.sequence, Notation.plantuml): lambda design: plantuml.sequence(design.flows),
    (Diagram.er, Notation.svg): lambda design: alone(entities_svg(design)),
    (Diagram.er, Notation.mermaid): mermaid.entities,
    (Diagram.er, Notation.plantuml): plantuml.entities,
    (Diagram.er, Notation.sql): partial(sql.schema, dialect=sql.Dialect.postgresql),
    (Diagram.pipeline, Notation.svg): lambda design: alone(pipeline_svg(design)),
    (Diagram.pipeline, Notation.mermaid): mermaid.pipeline,
}
