"""What `/metrics` shows. Labels are bounded: route templates and declared handler names, never paths or ids."""

import asyncio
import time
from functools import lru_cache

from prometheus_client import Counter, Gauge, Histogram

from app.services.outbox import Depth

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)

REQUESTS = Counter("plumbline_requests_total", "HTTP requests", ["method", "route", "status"])
LATENCY = Histogram("plumbline_request_seconds", "Time to the last byte", ["route"], buckets=BUCKETS)
ERRORS = Counter("plumbline_errors_total", "Answers with status 500 and above", ["route"])
EVENTS = Counter("plumbline_ui_events_total", "Interface events", ["handler", "outcome"])
SOCKETS = Gauge("plumbline_sockets", "Open event sockets")
LOOP_LAG = Gauge("plumbline_loop_lag_seconds", "How late the event loop woke up, last second's worst")
POOL = Gauge("plumbline_pool_connections", "Database connections in use")

OUTBOX = Gauge("plumbline_outbox_jobs", "Side work that is not done", ["state"])
OUTBOX_AGE = Gauge("plumbline_outbox_oldest_due_seconds", "For how long the oldest waiting side work has been due")
DELIVERIES = Counter("plumbline_deliveries_total", "Tries of side work", ["kind", "outcome"])


@lru_cache(maxsize=4096)
def _of_route(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(method, route, str(status)), LATENCY.labels(route)


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """`route` is a template; what is looked up here is bounded by the labels."""
    requests, latency = _of_route(method, route, status)
    requests.inc()
    latency.observe(seconds)
    if status >= 500:
        ERRORS.labels(route).inc()


def delivered(kind: str, outcome: str) -> None:
    DELIVERIES.labels(kind, outcome).inc()


def show_depth(depth: Depth) -> None:
    for state in ("waiting", "running", "dead"):
        OUTBOX.labels(state).set(getattr(depth, state))
    OUTBOX_AGE.set(depth.oldest_due)


async def watch_loop(interval: float = 0.1, window: int = 10) -> None:
    """Keep LOOP_LAG at the worst delay (seconds) among the last `window` wake-ups; runs until cancelled."""
    recent: list[float] = []
    while True:
        began = time.perf_counter()
        await asyncio.sleep(interval)
        recent = [*recent[-window + 1 :], max(0.0, time.perf_counter() - began - interval)]
        LOOP_LAG.set(max(recent))
