"""One line and one measurement for each request."""

import pytest
from structlog.testing import capture_logs

from app.core import samples
from app.gateway import metrics
from app.gateway.access import AccessLog
from tests.unit.gateway.calls import BODY, Inside, Sent, scope, silence, start


@pytest.fixture
def counted(monkeypatch):
    """What reached the metrics and the minutes of the overview."""
    found = []
    monkeypatch.setattr(metrics, "answered", lambda *given: found.append(("metrics", *given)))
    monkeypatch.setattr(samples, "count", lambda seconds, *, failed: found.append(("minute", seconds, failed)))
    ticks = iter([10.0, 10.25])
    monkeypatch.setattr("app.gateway.access.time.perf_counter", lambda: next(ticks))
    return found


async def logged(inside, asked, route, current, *, fails=None):
    current.route = route
    with capture_logs() as lines:
        sent = Sent()
        if fails is None:
            await AccessLog(inside)(asked, silence, sent)
        else:
            with pytest.raises(fails):
                await AccessLog(inside)(asked, silence, sent)
    return lines, sent


@pytest.mark.req("OPS-03", "OPS-04")
async def test_a_request_is_measured_by_its_route_and_logged(current, counted):
    inside = Inside(start(201), BODY)
    lines, sent = await logged(inside, scope("POST", "/api/v1/x/1"), "/api/v1/x/{id}", current)
    assert lines == [{"event": "request", "log_level": "info", "method": "POST", "status": 201, "duration_ms": 250.0}]
    assert counted == [("metrics", "POST", "/api/v1/x/{id}", 201, 0.25), ("minute", 0.25, False)]
    assert sent == [start(201), BODY]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_methods_are_counted_by_name(current, counted, method):
    await logged(Inside(start()), scope(method), "", current)
    assert counted[0] == ("metrics", method, "unmatched", 200, 0.25)


async def test_what_is_made_up_fills_neither_labels_nor_lines(current, counted):
    lines, _ = await logged(Inside(start(404)), scope("P" * 50), "", current)
    assert counted[0] == ("metrics", "other", "unmatched", 404, 0.25)
    assert lines[0]["method"] == "P" * 20


@pytest.mark.parametrize(
    ("status", "route", "level", "failed"),
    [
        (200, "/healthz", "debug", False),
        (399, "/readyz", "debug", False),
        (507, "/api/v1/x", "info", False),
        (400, "/readyz", "info", False),
        (200, "/metrics", "debug", False),
        (200, "/assets", "debug", False),
        (200, "/documents", "info", False),
        (404, "/assets", "info", False),
        (499, "/documents", "info", False),
        (500, "/documents", "info", True),
        (503, "/readyz", "info", True),
    ],
)
async def test_what_is_asked_all_the_time_is_quiet_while_it_goes_well(current, counted, status, route, level, failed):
    lines, _ = await logged(Inside(start(status), BODY), scope(), route, current)
    assert (lines[0]["log_level"], lines[0]["status"]) == (level, status)
    assert counted == [("metrics", "GET", route, status, 0.25), ("minute", 0.25, failed)]


async def test_who_went_away_before_an_answer_is_499_and_a_defect_passes_on(current, counted):
    lines, _ = await logged(Inside(), scope(), "/documents", current)
    assert lines[0]["status"] == 499
    ticks = iter([1.0, 1.00167])
    counted.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.gateway.access.time.perf_counter", lambda: next(ticks))
        lines, _ = await logged(Inside(fails=KeyError("x")), scope(), "/documents", current, fails=KeyError)
    assert (lines[0]["status"], lines[0]["duration_ms"]) == (499, 1.7)


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
async def test_what_is_no_request_is_neither_measured_nor_logged(current, counted, kind):
    inside = Inside({"type": "websocket.accept"})
    asked = scope(kind=kind)
    lines, sent = await logged(inside, asked, "", current)
    assert (lines, counted, inside.scopes) == ([], [], [asked])
    assert sent == [{"type": "websocket.accept"}]


def test_an_answer_is_counted_once_under_its_labels(monkeypatch):
    def held(name, **labels):
        return metrics.REQUESTS._metrics and next(
            (one.value for metric in metrics.REQUESTS.collect() for one in metric.samples
             if one.name == name and one.labels == labels), 0.0)  # fmt: skip

    labels = {"method": "GET", "route": "/test/{id}", "status": "200"}
    before = held("plumbline_requests_total", **labels) or 0.0
    metrics.answered("GET", "/test/{id}", 200, 0.1)
    metrics.answered("GET", "/test/{id}", 200, 0.1)
    assert held("plumbline_requests_total", **labels) == before + 2
