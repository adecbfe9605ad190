"""How the site is doing: figures, and charts as the page's script draws them."""

import json

import reflex as rx

from app.core import clock
from app.core.errors import AppError
from app.gateway.context import actor
from app.schemas.overview import Chart, OverviewView, Span, Unit
from app.services import overview
from state.words import size

SPANS = {Span.hour: "1 hour", Span.quarter: "6 hours", Span.day: "24 hours"}


class OverviewState(rx.State):
    """`span` is what the charts show, and stands in the address; `spans` are those of which there is anything."""

    figures: list[dict[str, str]] = []
    charts: list[dict[str, str]] = []
    spans: list[dict[str, str]] = []
    span: str = ""
    since: str = ""
    problem: str = ""

    @rx.event
    async def load(self) -> None:
        """Whatever goes wrong takes the figures off the screen."""
        wanted = str(self.router.url.query_parameters.get("span", ""))
        figures, charts, problem = [], [], ""
        try:
            view = await overview.view(actor(), Span(wanted) if wanted in set(Span) else Span.hour)
            figures, charts = _figures(view), [_chart(chart, view) for chart in view.charts]
            self.span, self.since = view.span.value, view.started_at.isoformat()
            self.spans = [{"span": one.value, "label": SPANS[one], "href": f"/admin?span={one}"} for one in view.spans]
        except AppError as error:
            problem = error.message
        self.figures, self.charts, self.problem = figures, charts, problem


def _figures(view: OverviewView) -> list[dict[str, str]]:
    def figure(label: str, value: str, note: str, tone: str = "", href: str = "") -> dict[str, str]:
        return {"label": label, "value": value, "note": note, "tone": tone, "href": href}

    up = clock.now() - view.started_at
    dead = f"{view.jobs_dead:,} dead" if view.jobs_dead else "none dead"
    workers = "1 worker" if view.workers == 1 else f"{view.workers} workers"
    hours, minutes = up.seconds // 3600, up.seconds // 60
    running = f"{up.days} d" if up.days else f"{hours} h" if hours else f"{minutes} min"
    alarm = "bad" if view.jobs_dead else ""
    return [
        figure("Requests a minute", f"{view.requests_per_minute:,.1f}", "over five minutes"),
        figure("Errors", f"{view.errors:,}", "of ours, in five minutes", "bad" if view.errors else ""),
        figure("Time to answer", seconds(view.median_seconds), f"95 % below {seconds(view.slow_seconds)}"),
        figure("People at work", f"{view.people:,}", f"of {view.accounts:,} accounts", href="/admin/sessions"),
        figure("Side work", f"{view.jobs_waiting:,}", f"waiting, {dead}", alarm, "/admin/jobs"),
        figure("Database", size(view.database_bytes), "on disk"),
        figure("Memory", size(view.memory_bytes), workers),
        figure("Running for", running, f"Plumbline {view.version}"),
    ]


def _chart(chart: Chart, view: OverviewView) -> dict[str, str]:
    said = ", ".join(f"{line.name.lower()} {words(chart.unit, _last(line.points))}" for line in chart.lines)
    return {
        "name": chart.name,
        "title": chart.title,
        "unit": chart.unit.value,
        "said": f"{chart.title} over {SPANS[view.span]}, last: {said}.",
        "kind": "bars" if chart.is_sum else "lines",
        "lines": json.dumps([{"name": line.name, "points": line.points} for line in chart.lines]),
        "begins": view.begins_at.isoformat(),
        "step": str(view.step_minutes),
    }


def _last(points: tuple[float | None, ...]) -> float | None:
    return next((one for one in reversed(points) if one is not None), None)


def words(unit: Unit, value: float | None) -> str:
    if value is None:
        return "not known"
    return {Unit.seconds: seconds, Unit.bytes: size, Unit.number: lambda one: f"{one:,.0f}"}[unit](value)


def seconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"
