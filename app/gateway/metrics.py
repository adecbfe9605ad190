"""What `/metrics` shows. Labels are bounded: route templates and declared handler names, never paths or ids."""

import asyncio
import time
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from app.core import db, measuring, redis
from app.core.errors import CODES, StorageUnavailable
from app.services import overview
from app.services.outbox import Depth

_USED_UP = CODES["INSUFFICIENT_STORAGE"]
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)

REQUESTS = Counter("plumbline_requests_total", "HTTP requests", ["method", "route", "status"])
LATENCY = Histogram("plumbline_request_seconds", "Time to the last byte", ["route"], buckets=BUCKETS)
ERRORS = Counter("plumbline_errors_total", "Answers that are our fault", ["route"])
EVENTS = Counter("plumbline_ui_events_total", "Interface events", ["handler", "outcome"])
SOCKETS = Gauge("plumbline_sockets", "Open event sockets", multiprocess_mode="livesum")
LOOP_LAG = Gauge(
    "plumbline_loop_lag_seconds", "How late the event loop woke up, last second's worst", multiprocess_mode="livemax"
)
POOL = Gauge("plumbline_pool_connections", "Database connections in use", multiprocess_mode="livesum")
PEOPLE = Gauge("plumbline_active_people", "People seen in the last five minutes", multiprocess_mode="livemostrecent")
UP = Gauge(
    "plumbline_dependency_up", "Whether it answered when last asked", ["name"], multiprocess_mode="livemostrecent"
)

OUTBOX = Gauge("plumbline_outbox_jobs", "Side work that is not done", ["state"], multiprocess_mode="livemostrecent")
OUTBOX_AGE = Gauge(
    "plumbline_outbox_oldest_due_seconds",
    "For how long the oldest waiting side work has been due",
    multiprocess_mode="livemostrecent",
)
DELIVERIES = Counter("plumbline_deliveries_total", "Tries of side work", ["kind", "outcome"])


@lru_cache(maxsize=4096)
def _of_route(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(method, route, str(status)), LATENCY.labels(route)


def is_ours(status: int) -> bool:
    """Whether an answer is our fault. 507 is none: a team has used up its room."""
    return status >= 500 and status != _USED_UP


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """`route` is a template; what is looked up here is bounded by the labels."""
    requests, latency = _of_route(method, route, status)
    requests.inc()
    latency.observe(seconds)
    if is_ours(status):
        ERRORS.labels(route).inc()


def delivered(kind: str, outcome: str) -> None:
    DELIVERIES.labels(kind, outcome).inc()


def show_depth(depth: Depth) -> None:
    for state in ("waiting", "running", "dead"):
        OUTBOX.labels(state).set(getattr(depth, state))
    OUTBOX_AGE.set(depth.oldest_due)


async def text() -> bytes:
    """As Prometheus reads it: of all processes that share their metrics. What the database knows is asked for now, so
    it does not matter who does the side work; without one, what was known last stays.
    """
    try:
        people, depth = await overview.levels()
    except StorageUnavailable:
        UP.labels("database").set(0)
    else:
        UP.labels("database").set(1)
        PEOPLE.set(people)
        show_depth(depth)
    UP.labels("redis").set(0 if redis.is_down() else 1)
    POOL.set(db.in_use())
    if measuring.folder() is None:
        return generate_latest()
    measuring.forget_levels()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types here
    return generate_latest(registry)


async def watch_loop(interval: float = 0.1, window: int = 10) -> None:
    """Keep LOOP_LAG at the worst delay (seconds) among the last `window` wake-ups; runs until cancelled."""
    recent: list[float] = []
    while True:
        began = time.perf_counter()
        await asyncio.sleep(interval)
        recent = [*recent[-window + 1 :], max(0.0, time.perf_counter() - began - interval)]
        LOOP_LAG.set(max(recent))
        POOL.set(db.in_use())
