"""Text to model: `parse`. One module per noun; each takes sections and gives elements. Nothing here raises."""

from app.domain.model import Design
from app.domain.parse.charts import read_charts
from app.domain.parse.components import read_components
from app.domain.parse.decisions import read_decisions, read_questions
from app.domain.parse.delivery import read_environments, read_stages
from app.domain.parse.endpoints import read_endpoints
from app.domain.parse.entities import read_relations
from app.domain.parse.errors import read_errors, read_formats
from app.domain.parse.fences import read_fences
from app.domain.parse.fields import read_fields
from app.domain.parse.flows import read_flows
from app.domain.parse.layers import read_layers
from app.domain.parse.links import read_links
from app.domain.parse.mermaid import read_code
from app.domain.parse.monitoring import read_log_levels, read_metrics
from app.domain.parse.placeholders import read_placeholders, template_texts
from app.domain.parse.scope import read_scopes
from app.domain.parse.sections import read_sections, title_of
from app.domain.parse.tables import read_schema
from app.domain.parse.targets import read_targets
from app.domain.source import read


def parse(text: str, template: str | None = None) -> Design:
    """The model of any text whatever; linear in its length. What it could not read is simply not in the model; the
    bracket texts of a template are placeholders as well.
    """
    source = read(text)
    sections = read_sections(source)
    fields, problems = read_fields(source, sections)
    components, externals = read_components(source, sections)
    code = read_code(source, sections)
    schema = read_schema(source, sections, code)
    return Design(
        source=source,
        title=title_of(sections, fields),
        sections=sections,
        fields=fields,
        field_problems=problems,
        components=components,
        externals=externals,
        flows=read_flows(source, sections, code),
        tables=schema.tables,
        indexes=schema.indexes,
        unread_sql=schema.unread,
        relations=read_relations(source, code),
        charts=read_charts(source, code),
        layers=read_layers(source, sections),
        metrics=read_metrics(source, sections),
        log_levels=read_log_levels(source, sections),
        decisions=read_decisions(source, sections),
        questions=read_questions(source, sections),
        fences=read_fences(source, code),
        scopes=read_scopes(source, sections, fields),
        errors=read_errors(source, sections),
        error_formats=read_formats(source, sections),
        targets=read_targets(source, sections),
        environments=read_environments(source, sections),
        stages=read_stages(source, sections),
        placeholders=read_placeholders(source, template_texts(template) if template else frozenset()),
        links=read_links(source),
        endpoints=read_endpoints(source, sections, components),
    )
