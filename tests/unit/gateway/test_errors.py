"""What escapes becomes an answer: the envelope, or the end of a socket; a defect a 500 that says nothing of itself."""

import json

import pytest
from structlog.testing import capture_logs

from app.core.errors import AppError, NotFound
from app.gateway.errors import ErrorMapping, unforeseen
from tests.unit.gateway.calls import BODY, Inside, Sent, scope, silence, start

REFUSAL = NotFound("There is nothing at this address.")
DEFECT = KeyError("planted")


async def mapped(inside, asked=None):
    sent = Sent()
    with capture_logs() as lines:
        await ErrorMapping(inside)(asked or scope(), silence, sent)
    return sent, lines


async def test_a_refusal_is_answered_and_not_logged(current):
    sent, lines = await mapped(Inside(fails=REFUSAL))
    assert (sent.status, json.loads(sent.body)) == (404, REFUSAL.envelope())
    assert lines == []


@pytest.mark.req("ERR-08")
async def test_a_defect_is_logged_with_its_traceback_and_answered_with_an_id_alone(current):
    sent, lines = await mapped(Inside(fails=DEFECT), scope("GET", "/documents"))
    assert sent.status == 500
    assert json.loads(sent.body)["error"] == {
        "code": "INTERNAL_ERROR",
        "message": "Something went wrong on the server. Quote the request id.",
        "details": {"request_id": current.request_id},
    }
    assert lines == [{"event": "unforeseen", "path": "/documents", "exc_info": True, "log_level": "error"}]
    assert unforeseen().details == {"request_id": current.request_id}


async def test_what_has_no_path_is_logged_as_well(current):
    asked = scope(kind="websocket")
    del asked["path"]
    _, lines = await mapped(Inside(fails=DEFECT), asked)
    assert lines[0]["path"] == ""


@pytest.mark.parametrize("error", [REFUSAL, DEFECT])
@pytest.mark.parametrize(
    ("kind", "begun"),
    [
        ("http", [start(200)]),
        ("http", [start(200), BODY]),
        ("websocket", [{"type": "websocket.accept"}]),
        ("websocket", [{"type": "websocket.close"}]),
        ("websocket", [{"type": "websocket.accept"}, {"type": "websocket.send"}]),
    ],
)
async def test_what_was_begun_is_not_answered_twice(current, error, kind, begun):
    sent, lines = await mapped(Inside(*begun, fails=error), scope(kind=kind))
    assert sent == begun
    assert len(lines) == (error is DEFECT)


@pytest.mark.parametrize(("error", "code"), [(REFUSAL, "NOT_FOUND"), (DEFECT, "INTERNAL_ERROR")])
async def test_a_socket_is_closed_with_the_code(current, error, code):
    sent, _ = await mapped(Inside({"type": "lifespan.startup.complete"}, fails=error), scope(kind="websocket"))
    assert sent[1:] == [{"type": "websocket.close", "code": 1008, "reason": code}]


async def test_what_goes_well_passes(current):
    inside = Inside(start(204), BODY)
    asked = scope("DELETE", "/x")
    sent, lines = await mapped(inside, asked)
    assert (sent, lines, inside.scopes) == ([start(204), BODY], [], [asked])


async def test_an_error_of_another_status_asks_for_what_it_needs(current):
    sent, _ = await mapped(Inside(fails=AppError("Slower.", code="RATE_LIMITED", details={"retry_after": 9})))
    assert (sent.status, sent.headers["retry-after"]) == (429, "9")
