"""The ring of minutes: counting, forgetting, and what is read out of classes of durations."""

import time

import pytest

from app.core import samples
from app.core.samples import BOUNDS, Ring


@pytest.fixture
def minute(monkeypatch):
    """Sets the clock to that many minutes."""
    return lambda at: monkeypatch.setattr(time, "time", lambda: at * 60 + 30.0)


def test_each_minute_is_counted_by_itself(minute):
    ring = Ring()
    for at, seconds, failed in ((7, 0.001, False), (7, 0.3, True), (8, 99, False)):
        minute(at)
        ring.count(seconds, failed=failed)
    assert [(one.at, one.requests, one.errors) for one in ring.minutes] == [(7, 2, 1), (8, 1, 0)]
    first, second = ring.minutes
    assert [place for place, count in enumerate(first.classes) if count] == [0, BOUNDS.index(0.5)]
    assert second.classes[-1] == 1


def test_after_a_day_the_oldest_is_forgotten(minute):
    ring = Ring()
    for at in range(samples.KEPT_MINUTES + 5):
        minute(at)
        ring.count(0, failed=False)
    assert (ring.minutes[0].at, len(ring.minutes)) == (5, samples.KEPT_MINUTES)


async def test_the_last_minutes_are_asked_for(minute, monkeypatch):
    ring = Ring()
    monkeypatch.setattr(samples, "ring", lambda: ring)
    monkeypatch.setattr(samples, "_redis", lambda: None)
    for at in (10, 11, 20):
        minute(at)
        samples.count(0.1, failed=False)
    samples.measure({"memory": 5.0})
    assert [one.at for one in await samples.last(10)] == [11, 20]
    assert ring.minutes[-1].gauges == {"memory": 5.0}


@pytest.mark.parametrize(
    ("counts", "share", "expected"),
    [
        ({0: 10}, 0.5, 0.001),
        ({0: 10}, 1.0, 0.002),
        ({3: 1, 4: 1}, 0.5, 0.02),
        ({3: 1, 4: 1}, 0.75, 0.035),
        ({3: 1, 4: 1}, 1.0, 0.05),
        ({11: 3}, 0.5, 5.0),
        ({}, 0.5, None),
    ],
)
def test_durations_are_told_to_within_their_class(counts, share, expected):
    classes = [counts.get(place, 0) for place in range(len(BOUNDS) + 1)]
    found = samples.quantile(classes, share)
    assert found == (None if expected is None else pytest.approx(expected))
