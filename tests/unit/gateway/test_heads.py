"""HEAD: what GET would answer, without the body."""

import pytest

from app.gateway.heads import Heads, is_read
from tests.unit.gateway.calls import BODY, Inside, Sent, scope, silence, start

END = {"type": "http.response.body", "body": b""}


async def answered(method, path, *messages, kind="http"):
    inside, sent, asked = Inside(*(messages or (start(), BODY))), Sent(), scope(method, path, kind=kind)
    await Heads(inside)(asked, silence, sent)
    (reached,) = inside.scopes
    assert {**reached, "method": method} == asked
    return reached["method"], list(sent)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/me",
        "/content/x",
        "/openapi.json",
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/v1/audit/exports",
        "/api/v1/mails/",
    ],
)
async def test_what_is_read_is_asked_for_like_get_and_answered_without_its_body(path):
    assert is_read(path)
    assert await answered("HEAD", path) == ("GET", [start(), END])


@pytest.mark.parametrize(
    "path",
    [
        "/documents",
        "/auth/providers/sso",
        "/healthz/x",
        "/x/api/v1",
        "/api",
        "/openapi.jsonx",
        "/assets/a.js",
        "/api/v1/exports/x",
        "/api/v1/audit/export",
        "/api/v1/mails/1",
    ],
)
async def test_what_answers_for_itself_sends_no_body_either(path):
    assert not is_read(path)
    assert await answered("HEAD", path) == ("HEAD", [start(), END])


async def test_the_end_comes_once_however_many_parts_there_were():
    parts = [{**BODY, "more_body": True}, {**BODY, "more_body": True}, BODY]
    assert await answered("HEAD", "/healthz", start(204), *parts) == ("GET", [start(204), END])
    assert await answered("HEAD", "/healthz", start()) == ("GET", [start()])


@pytest.mark.parametrize(("method", "kind"), [("GET", "http"), ("POST", "http"), ("HEAD", "websocket")])
async def test_everything_else_passes(method, kind):
    assert await answered(method, "/api/v1/me", kind=kind) == (method, [start(), BODY])
