"""The headers that every answer carries, and the policy of pages."""

import base64
import hashlib

import pytest

from app.core.rates import Verdict
from app.gateway.headers import SecurityHeaders, page_policy, script_hashes
from tests.unit.gateway.calls import BODY, Inside, Sent, scope, silence, start

VERDICT = Verdict("address", 10, 60, 9, 30, allowed=True)


async def answered(*headers, asked=None):
    sent = Sent()
    inside = Inside(start(200, *headers), BODY)
    await SecurityHeaders(inside)(asked or scope(), silence, sent)
    assert sent[1] == BODY
    assert sent[0]["status"] == 200
    return sent.headers


@pytest.mark.req("HEAD-01")
async def test_an_answer_over_http_carries_these(current):
    assert await answered(("content-type", "text/plain")) == {
        "content-type": "text/plain",
        "x-request-id": current.request_id,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "content-security-policy": ("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        "cache-control": "no-store",
    }


@pytest.mark.req("HEAD-01")
async def test_over_https_the_browser_stays_there(current):
    plain = await answered()
    current.scheme = "https"
    safe = await answered()
    assert {name: safe[name] for name in safe.keys() - plain.keys()} == {
        "strict-transport-security": "max-age=31536000",
        "cross-origin-opener-policy": "same-origin",
    }


async def test_what_was_counted_is_said(current):
    current.limits = (VERDICT,)
    headers = await answered()
    assert headers["ratelimit-policy"] == '"address";q=10;w=60'
    assert headers["ratelimit"] == '"address";r=9;t=30'


async def test_what_a_stage_set_itself_is_left_alone(current):
    headers = await answered(("Cache-Control", "max-age=1"), ("Content-Security-Policy", "sandbox"))
    assert headers["Cache-Control"] == "max-age=1"
    assert headers["Content-Security-Policy"] == "sandbox"
    assert not {"cache-control", "content-security-policy"} & headers.keys()


async def test_behind_a_cdn_only_what_is_for_everybody_is_kept_there(current, setting):
    assert "cdn-cache-control" not in await answered()
    setting(cdn="true")
    assert (await answered())["cdn-cache-control"] == "no-store"
    assert (await answered(("cache-control", "private, max-age=60")))["cdn-cache-control"] == "no-store"
    assert "cdn-cache-control" not in await answered(("cache-control", "public, max-age=60"))


async def test_a_message_without_headers_gets_them_and_a_socket_none(current):
    sent = Sent()
    await SecurityHeaders(Inside({"type": "http.response.start", "status": 204}))(scope(), silence, sent)
    assert sent.headers["x-request-id"] == current.request_id
    socket = Sent()
    accept = {"type": "websocket.accept", "headers": []}
    await SecurityHeaders(Inside(accept, start()))(scope(kind="websocket"), silence, socket)
    assert socket == [accept, start()]


def named(body):
    return f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"


@pytest.mark.req("HEAD-01")
def test_inline_scripts_are_named_by_their_hash_once_and_in_order():
    html = (
        "<script>one()</script><script src='/a.js'></script><script type=\"module\">two()\nmore()</script>"
        '<script type="application/json">{"a": 1}</script><script>one()</script><script></script>é<script>é</script>'
    )
    assert script_hashes(html) == [named("one()"), named("two()\nmore()"), named(""), named("é")]
    assert script_hashes("<p>nothing</p>") == []


@pytest.mark.req("HEAD-01")
def test_the_policy_of_a_page_allows_its_own_files_and_the_named_scripts():
    rest = (
        "style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
    assert page_policy([]) == f"default-src 'none'; script-src 'self'; {rest}"
    assert page_policy(["'a'", "'b'"]) == f"default-src 'none'; script-src 'self' 'a' 'b'; {rest}"
