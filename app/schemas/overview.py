"""How the site is doing, as those who run it see it."""

from datetime import datetime
from enum import StrEnum

from app.schemas.base import View


class Span(StrEnum):
    """How far back the charts look."""

    hour = "1h"
    quarter = "6h"
    day = "24h"


class Unit(StrEnum):
    number = "count"
    seconds = "seconds"
    bytes = "bytes"


class Line(View):
    """`points` go from the oldest to the newest, one a step; None where nothing is known."""

    name: str
    points: tuple[float | None, ...]


class Chart(View):
    """`is_sum`: each point is the sum of its step, else how things stood in it."""

    name: str
    title: str
    unit: Unit
    is_sum: bool
    lines: tuple[Line, ...]


class OverviewView(View):
    """Figures of now (of the last five minutes where they count something), and charts of `span` in steps of
    `step_minutes`, the first of which begins at `begins_at`. `spans` are those of which there is anything to show.
    """

    version: str
    started_at: datetime
    requests_per_minute: float
    errors: int
    median_seconds: float | None
    slow_seconds: float | None
    people: int
    accounts: int
    jobs_waiting: int
    jobs_dead: int
    database_bytes: int
    memory_bytes: int
    workers: int
    span: Span
    spans: tuple[Span, ...]
    begins_at: datetime
    step_minutes: int
    charts: tuple[Chart, ...]
