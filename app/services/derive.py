"""Everything derived from one text, in one go. Runs in worker processes, so it imports the domain and nothing else."""

from dataclasses import asdict, dataclass
from typing import Any

from app.domain.health import Health
from app.domain.parse import parse
from app.domain.report import report
from app.domain.sheet import sheet, summary


@dataclass(frozen=True)
class Derived:
    """`title` and `claimed_number` (the field `id`) are empty when the text has none; `sections` are the rows of the
    import report, JSON-ready.
    """

    html: str
    title: str
    claimed_number: str
    health: Health
    findings: int
    summary: str
    sections: list[dict[str, Any]]


def derive(text: str) -> Derived:
    """Never raises for any text."""
    design, rendered = parse(text), sheet(text)
    claimed = design.field("id")
    return Derived(
        html=rendered.html,
        title=" ".join(design.title.split()),
        claimed_number=claimed.value.strip() if claimed else "",
        health=rendered.health,
        findings=len(rendered.findings),
        summary=summary(design),
        sections=[_section(asdict(section)) for section in report(design)],
    )


def _section(facts: dict[str, Any]) -> dict[str, Any]:
    return facts | {"role": facts["role"] or "", "understood": list(facts["understood"])}
