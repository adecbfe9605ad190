"""Everything derived from one text, in one go. Runs in worker processes, so it imports the domain and nothing else."""

from dataclasses import asdict, dataclass
from typing import Any

from app.domain.health import Health
from app.domain.sheet import sheet


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
    page = sheet(text)
    return Derived(
        html=page.html,
        title=" ".join(page.title.split()),
        claimed_number=page.claimed_number,
        health=page.health,
        findings=len(page.findings),
        summary=page.summary,
        sections=[_section(asdict(section)) for section in page.report],
    )


def _section(facts: dict[str, Any]) -> dict[str, Any]:
    return facts | {"role": facts["role"] or "", "understood": list(facts["understood"])}
