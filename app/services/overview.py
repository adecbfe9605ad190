"""How the site is doing: figures of now, and what was sampled once a minute. Prometheus is told by the gateway."""

import resource
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from app.core import clock, samples
from app.core.errors import StorageUnavailable
from app.core.samples import Minute
from app.core.settings import settings
from app.domain.permissions import Permission
from app.schemas.identity import Actor
from app.schemas.overview import Chart, Line, OverviewView, Span, Unit
from app.services import authorize, outbox
from app.services.outbox import Depth
from app.services.unit_of_work import reading

STARTED = clock.now()
_RECENT = 5
_ACTIVE = timedelta(minutes=5)
_STEPS = {Span.hour: (60, 1), Span.quarter: (360, 5), Span.day: (1440, 15)}
_PER_WORKER = ("memory",)
Value = Callable[[Sequence[Minute]], float | None]


async def view(actor: Actor, span: Span = Span.hour) -> OverviewView:
    """A span of which there is nothing to show gives the hour."""
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.site_watch)
        people, accounts = await data.site.people_since(clock.now() - _ACTIVE), await data.site.accounts()
        size = await data.site.database_bytes()
    depth, minutes = await outbox.depth(), await samples.last(samples.KEPT_MINUTES)
    spans = _spans(minutes)
    span = span if span in spans else Span.hour
    length, step = _STEPS[span]
    first = (int(clock.now().timestamp() // 60) - length) // step * step + step
    recent = [minute for minute in minutes if minute.at > clock.now().timestamp() // 60 - _RECENT]
    counted = sum(minute.requests for minute in recent)
    return OverviewView(
        version=version("plumbline"),
        started_at=STARTED,
        requests_per_minute=round(counted / _RECENT, 1),
        errors=sum(minute.errors for minute in recent),
        median_seconds=_quantile(0.5)(recent),
        slow_seconds=_quantile(0.95)(recent),
        people=people,
        accounts=accounts,
        jobs_waiting=depth.waiting + depth.running,
        jobs_dead=depth.dead,
        database_bytes=size,
        memory_bytes=int(_gauge("memory")(recent) or memory()),
        workers=settings().workers,
        span=span,
        spans=spans,
        begins_at=datetime.fromtimestamp(first * 60, UTC),
        step_minutes=step,
        charts=_charts(_steps(minutes, first, length, step)),
    )


async def sample() -> None:
    """Measure how things stand now, into the minute that runs; without a database what can be known without one."""
    found: dict[str, float] = {"memory": memory()}
    try:
        async with reading() as data:
            found["people"] = await data.site.people_since(clock.now() - _ACTIVE)
            found["database"] = await data.site.database_bytes()
        depth = await outbox.depth()
        found |= {"waiting": depth.waiting + depth.running, "dead": depth.dead}
    except StorageUnavailable:
        pass
    samples.measure(found)


async def levels() -> tuple[int, Depth]:
    """How many people were here in the last minutes, and what side work there is."""
    async with reading() as data:
        people = await data.site.people_since(clock.now() - _ACTIVE)
    return people, await outbox.depth()


async def share(minute: Minute) -> None:
    """Give a finished minute to the overview of the other workers."""
    await samples.share(minute, _PER_WORKER)


def memory() -> int:
    """Bytes that this process holds; its peak where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return pages * resource.getpagesize()


def _spans(minutes: Sequence[Minute]) -> tuple[Span, ...]:
    """The hour always; a longer one when something is older than the one before it."""
    oldest = clock.now().timestamp() // 60 - (minutes[0].at if minutes else clock.now().timestamp() // 60)
    longer = ((Span.quarter, _STEPS[Span.hour]), (Span.day, _STEPS[Span.quarter]))
    return (Span.hour, *(span for span, (length, _) in longer if oldest >= length))


def _steps(minutes: Sequence[Minute], first: int, length: int, step: int) -> list[list[Minute]]:
    steps: list[list[Minute]] = [[] for _ in range(length // step)]
    for minute in minutes:
        place = (minute.at - first) // step
        if 0 <= place < len(steps):
            steps[place].append(minute)
    return steps


def _charts(steps: list[list[Minute]]) -> tuple[Chart, ...]:
    def chart(name: str, title: str, unit: Unit, lines: dict[str, Value], *, is_sum: bool = False) -> Chart:
        made = (Line(name=label, points=tuple(value(step) for step in steps)) for label, value in lines.items())
        return Chart(name=name, title=title, unit=unit, is_sum=is_sum, lines=tuple(made))

    return (
        chart(
            "requests", "Requests", Unit.number, {"All": _total("requests"), "Failed": _total("errors")}, is_sum=True
        ),
        chart("latency", "Time to answer", Unit.seconds, {"Half": _quantile(0.5), "95 %": _quantile(0.95)}),
        chart("people", "People at work", Unit.number, {"People": _gauge("people")}),
        chart("queue", "Side work", Unit.number, {"Waiting": _gauge("waiting"), "Dead": _gauge("dead")}),
        chart("memory", "Memory", Unit.bytes, {"Memory": _gauge("memory")}),
        chart("database", "Database", Unit.bytes, {"Database": _gauge("database")}),
    )


def _total(name: str) -> Value:
    return lambda minutes: sum(getattr(minute, name) for minute in minutes) if minutes else None


def _gauge(name: str) -> Value:
    """The last that is known."""

    def value(minutes: Sequence[Minute]) -> float | None:
        return next((minute.gauges[name] for minute in reversed(minutes) if name in minute.gauges), None)

    return value


def _quantile(share: float) -> Value:
    def value(minutes: Sequence[Minute]) -> float | None:
        classes = [sum(counts) for counts in zip(*(minute.classes for minute in minutes), strict=True)]
        found = samples.quantile(classes, share) if classes else None
        return round(found, 5) if found is not None else None

    return value
