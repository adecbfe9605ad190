"""Reading headers and sending whole answers."""

import json

import pytest

from app.core.errors import CODES, AppError
from app.gateway.asgi import extra_headers, header, joined, respond, respond_error, without
from tests.unit.gateway.calls import Sent, scope

TWICE = scope("GET", "/", ("via", "one"), ("x-forwarded-for", "192.0.2.1"), ("via", "two, \xe9"))


def test_a_header_is_its_first_value_and_a_list_all_of_them():
    assert header(TWICE, b"via") == "one"
    assert header(TWICE, b"Via") == header(TWICE, b"host") == joined(TWICE, b"host") == ""
    assert joined(TWICE, b"via") == "one, two, \xe9"
    assert header(scope("GET", "/", ("cookie", "\xff\x80")), b"cookie") == "\xff\x80"


def test_headers_are_left_out_however_they_are_written():
    sent = [(b"Cookie", b"a"), (b"host", b"b"), (b"AUTHORIZATION", b"c")]
    assert without(sent, b"cookie", b"authorization") == [(b"host", b"b")]
    assert without(sent) == sent


async def test_an_answer_has_its_length_and_headers_in_lower_case():
    sent = Sent()
    await respond(sent, 201, b"\xc3\xa9t\xc3\xa9", {"Content-Type": "text/plain", "X-Name": "\xe9"})
    assert sent == [
        {
            "type": "http.response.start",
            "status": 201,
            "headers": [(b"content-type", b"text/plain"), (b"x-name", b"\xe9"), (b"content-length", b"5")],
        },
        {"type": "http.response.body", "body": b"\xc3\xa9t\xc3\xa9"},
    ]


async def test_an_error_is_the_envelope_that_nobody_keeps():
    sent = Sent()
    await respond_error(sent, AppError("It went wrong.", code="CONFLICT", details={"field": "name"}))
    assert (sent.status, json.loads(sent.body)) == (
        409,
        {"error": {"code": "CONFLICT", "message": "It went wrong.", "details": {"field": "name"}}},
    )
    assert sent.headers == {
        "content-type": "application/json",
        "cache-control": "no-store",
        "content-length": str(len(sent.body)),
    }


@pytest.mark.parametrize(
    ("code", "details", "added"),
    [
        ("UNAUTHENTICATED", {}, {"www-authenticate": "Bearer"}),
        ("INVALID_TOKEN", {"retry_after": 7}, {"www-authenticate": "Bearer"}),
        ("METHOD_NOT_ALLOWED", {"allow": "GET, HEAD"}, {"allow": "GET, HEAD"}),
        ("METHOD_NOT_ALLOWED", {}, {}),
        ("CONFLICT", {"allow": "GET"}, {}),
        ("BAD_REQUEST", {"connection": "close"}, {"connection": "close"}),
        ("BAD_REQUEST", {"connection": "keep-alive"}, {}),
        ("RATE_LIMITED", {"retry_after": 7}, {"retry-after": "7"}),
        ("RATE_LIMITED", {}, {"retry-after": "5"}),
        ("UNAVAILABLE", {}, {"retry-after": "5"}),
        ("STORAGE_UNAVAILABLE", {"retry_after": 1}, {"retry-after": "1"}),
        ("INTERNAL_ERROR", {"retry_after": 1}, {}),
        ("INSUFFICIENT_STORAGE", {}, {}),
        ("PRECONDITION_REQUIRED", {}, {}),
    ],
)
def test_each_status_says_what_it_asks_for(code, details, added):
    assert extra_headers(AppError("No.", code=code, details=details)) == added


def test_any_other_status_asks_for_nothing():
    asking = {401, 429, 503}
    for code in CODES:
        error = AppError("No.", code=code)
        assert bool(extra_headers(error)) == (error.status in asking), code
