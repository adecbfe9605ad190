"""What is read out of a text: findings and drawings. The model travels as it is; its shape is the domain's."""

from app.domain.health import HealthState, Severity
from app.schemas.base import View


class FindingView(View):
    """Lines and columns count from 1; the end is behind the last character. `element_id` may be empty."""

    rule: str
    severity: Severity
    message: str
    line: int
    column: int
    end_line: int
    end_column: int
    element_id: str


class FindingsView(View):
    health: HealthState
    errors: int
    warnings: int
    items: tuple[FindingView, ...]
