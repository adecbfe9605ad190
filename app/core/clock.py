"""The one place that reads the clock, so that tests can set it. Times are timezone-aware UTC."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
