"""The one way in: what is at which path, compression, and the order of the stages."""

import gzip
import json

import pytest
from starlette.middleware.gzip import GZipMiddleware

from app.core import context, rates
from app.core.errors import AppError
from app.gateway import pipeline
from app.gateway.context import caller, caller_var
from app.gateway.pipeline import Callers, Compression, Dispatch
from app.services import accounts
from tests.unit.gateway.calls import BODY, Inside, Sent, chunks, scope, silence, start
from tests.unit.gateway.conftest import ANN

HTML = ("accept", "text/html,*/*")
OURS = ("sec-fetch-site", "same-origin")


class Pages(Inside):
    """Has one page."""

    def find(self, path):
        return path == "/documents" or None


@pytest.fixture(autouse=True)
async def _stubs(monkeypatch):
    async def identify(secret):
        return ANN if secret == "good" else None

    monkeypatch.setattr(accounts, "identify", identify)
    yield
    await rates.close()


@pytest.fixture
def site(current):
    """The three that stand behind the dispatch, and the dispatch."""

    class Site:
        reflex, api, pages = Inside({"type": "websocket.accept"}), Inside(start(), BODY), Pages(start(), BODY)

    Site.reflex, Site.api, Site.pages = (
        Inside({"type": "websocket.accept"}),
        Inside(start(), BODY),
        Pages(start(), BODY),
    )
    Site.dispatch = Dispatch(Site.reflex, Site.api, Site.pages)
    return Site


async def where(site, method, path, *headers, kind="http"):
    """Which of them was reached, or the code of what refused."""
    asked = scope(method, path, *headers, kind=kind, query_string=b"token=t")
    sent = Sent()
    try:
        await site.dispatch(asked, silence, sent)
    except AppError as error:
        return error.code
    reached = [name for name in ("reflex", "api", "pages") if getattr(site, name).scopes]
    return reached[0] if reached else sent


@pytest.mark.req("ERR-05")
@pytest.mark.parametrize(
    ("method", "path", "headers", "found"),
    [
        ("GET", "/healthz", [], "api"),
        ("POST", "/readyz", [], "api"),
        ("GET", "/metrics", [], "api"),
        ("GET", "/metrics/", [], "NOT_FOUND"),
        ("GET", "/api/v1/me", [], "api"),
        ("GET", "/api/", [], "api"),
        ("GET", "/auth/x", [], "api"),
        ("GET", "/content/x", [], "api"),
        ("GET", "/openapi.json", [], "api"),
        ("GET", "/openapi.json/x", [], "NOT_FOUND"),
        ("GET", "/api", [], "NOT_FOUND"),
        ("GET", "/xapi/v1", [], "NOT_FOUND"),
        ("GET", "/x/api/v1", [], "NOT_FOUND"),
        ("GET", "/api/v1/\0", [], "VALIDATION_ERROR"),
        ("GET", "/documents", [], "pages"),
        ("HEAD", "/documents", [], "pages"),
        ("POST", "/documents", [OURS], "METHOD_NOT_ALLOWED"),
        ("OPTIONS", "/documents", [HTML], "METHOD_NOT_ALLOWED"),
        ("GET", "/nothing", [HTML], "pages"),
        ("HEAD", "/nothing", [HTML], "pages"),
        ("GET", "/nothing", [("accept", "application/json")], "NOT_FOUND"),
        ("GET", "/nothing", [], "NOT_FOUND"),
        ("POST", "/nothing", [HTML], "NOT_FOUND"),
        ("GET", "/_event", [], "NOT_FOUND"),
        ("GET", "/ping", [], "NOT_FOUND"),
        ("GET", "/index.html", [], "NOT_FOUND"),
    ],
)
async def test_each_path_leads_to_one_place(site, method, path, headers, found):
    assert await where(site, method, path, *headers) == found


@pytest.mark.req("WS-01")
@pytest.mark.parametrize(
    ("path", "found"),
    [("/_event", "reflex"), ("/_event/", "reflex"), ("/_event/x", "NOT_FOUND"), ("/_eventX", "NOT_FOUND"),
     ("/x/_event", "NOT_FOUND"), ("/", "NOT_FOUND"), ("/api/v1/me", "NOT_FOUND")],
)  # fmt: skip
async def test_there_is_one_socket(site, path, found):
    assert await where(site, "GET", path, kind="websocket") == found


@pytest.mark.parametrize(("name", "path"), [("api", "/healthz"), ("api", "/api/v1/me"), ("pages", "/documents")])
async def test_whoever_is_reached_reads_what_was_sent(site, name, path):
    reached = getattr(site, name)
    reached.reads = 1
    await site.dispatch(scope("GET", path), chunks(b"sent"), Sent())
    assert [message["body"] for message in reached.bodies] == [b"sent"]


async def test_what_is_refused_says_so_in_a_sentence(site):
    asked = [("POST", "/documents"), ("GET", "/nothing"), ("GET", "/api/v1/\0"), ("POST", "/favicon.ico"),
             ("POST", "/assets/x.js")]  # fmt: skip
    said = {}
    for method, path in asked:
        with pytest.raises(AppError) as caught:
            await site.dispatch(scope(method, path, OURS), silence, Sent())
        said[path] = (caught.value.message, caught.value.details)
    assert said == {
        "/documents": ("This address can only be read.", {"allow": "GET, HEAD"}),
        "/nothing": ("There is nothing at this address.", {}),
        "/api/v1/\0": ("An address holds no NUL.", {}),
        "/favicon.ico": ("This address can only be read.", {"allow": "GET, HEAD"}),
        "/assets/x.js": ("This address can only be read.", {"allow": "GET, HEAD"}),
    }
    with pytest.raises(AppError, match="There is no such socket"):
        await site.dispatch(scope("GET", "/x", kind="websocket"), silence, Sent())


@pytest.mark.req("ERR-06", "RATE-01", "CSRF-01")
@pytest.mark.parametrize("path", ["/api/v1/spaces", "/documents", "/healthz", "/_event"])
async def test_what_stands_before_each(site, current, setting, path):
    """Size before address before identity before person before where it comes from; operations ask nobody."""
    setting(rate_address="3/hour", rate_person="1/hour")
    kind, method = ("websocket", "GET") if path == "/_event" else ("http", "GET" if path == "/documents" else "POST")
    signed_in = ("cookie", "plumbline=good")
    if kind == "http":
        assert await where(site, method, path, ("content-encoding", "gzip"), kind=kind) == "UNSUPPORTED_MEDIA_TYPE"
    found = [await where(site, method, path, signed_in, kind=kind) for _ in range(4)]
    refused = {"/api/v1/spaces": "CROSS_SITE", "/documents": "pages", "/healthz": "api", "/_event": "CROSS_SITE"}
    if path == "/healthz":
        assert (found, current.actor, current.limits) == (["api"] * 4, None, ())
        return
    assert current.actor is ANN
    assert found == [refused[path], "RATE_LIMITED", "RATE_LIMITED", "RATE_LIMITED"]
    assert [one.name for one in current.limits] == [
        "address",
        "person",
        "address",
        "person",
        "address",
        "person",
        "address",
    ]


async def test_a_caller_is_there_for_everything_inside_and_gone_after(setting):
    setting(trusted_proxies="10.0.0.0/8")
    origins = []

    async def inside(*_):
        origins.append((caller().address, caller().user_agent, context.origin()))

    asked = scope("GET", "/", ("x-forwarded-for", "198.51.100.1"), ("user-agent", "Browser"), client=("10.0.0.5", 1))
    token = caller_var.set(None)
    try:
        await Callers(inside)(asked, silence, Sent())
        assert caller_var.get() is None
        with pytest.raises(KeyError):
            await Callers(Inside(fails=KeyError("x")))(asked, silence, Sent())
        assert caller_var.get() is None
    finally:
        caller_var.reset(token)
    ((address, agent, origin),) = origins
    assert (address, agent) == (origin.address, origin.user_agent) == ("198.51.100.1", "Browser")
    assert context.origin() != origin


@pytest.mark.parametrize(
    ("accepted", "size", "packed"),
    [("gzip", 1024, True), ("br, gzip", 5000, True), ("gzip", 1023, False), ("br", 5000, False), ("", 5000, False)],
)
async def test_what_is_large_is_packed_for_those_who_take_it(accepted, size, packed):
    sent = Sent()
    inside = Inside(start(200, ("content-type", "text/plain")), {**BODY, "body": b"a" * size})
    await Compression(inside)(scope("GET", "/", ("accept-encoding", accepted)), silence, sent)
    assert sent.headers.get("content-encoding") == ("gzip" if packed else None)
    assert (gzip.decompress(sent.body) if packed else sent.body) == b"a" * size


async def test_only_those_who_take_it_and_only_requests_go_through_the_packing(current):
    packing = Compression(Inside(start(), BODY))
    assert isinstance(packing.packed, GZipMiddleware)
    plain, socket = Inside(start(), BODY), scope("GET", "/", ("accept-encoding", "gzip"), kind="websocket")
    packing.app, packing.packed = plain, None
    await packing(scope(), silence, Sent())
    await packing(socket, silence, Sent())
    assert len(plain.scopes) == 2


def whole(**behind):
    reflex, api, pages = Inside(), behind.get("api") or Inside(start(), BODY), Pages(start(), BODY)
    return reflex, pipeline.pipeline(reflex, api, pages)


async def test_a_socket_passes_to_the_framework(current):
    reflex, site = whole()
    asked = scope("GET", "/_event", kind="websocket", query_string=b"token=t", client=("192.0.2.1", 1))
    await site(asked, silence, Sent())
    assert [one["type"] for one in reflex.scopes] == ["websocket"]


async def test_the_life_of_the_server_is_the_frameworks(current):
    reflex, site = whole()
    life = {"type": "lifespan"}
    sent = Sent()
    await site(life, silence, sent)
    assert (reflex.scopes, list(sent)) == ([life], [])


@pytest.mark.req("ERR-08", "HEAD-01", "OPS-03")
async def test_whatever_fails_inside_is_an_answer_with_every_header_that_is_logged(log):
    _, site = whole(api=Inside(fails=KeyError("planted")))
    asked = scope("GET", "/healthz", ("accept-encoding", "gzip"), client=("192.0.2.1", 1))
    sent = Sent()
    await site(asked, silence, sent)
    error = json.loads(sent.body)["error"]
    assert (sent.status, error["code"]) == (500, "INTERNAL_ERROR")
    assert error["details"] == {"request_id": sent.headers["x-request-id"]}
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert [(line["event"], line.get("status")) for line in log] == [("unforeseen", None), ("request", 500)]


async def test_an_answer_is_packed_before_its_headers_are_completed(log):
    _, site = whole(api=Inside(start(), {**BODY, "body": b"a" * 5000}))
    sent = Sent()
    await site(scope("GET", "/healthz", ("accept-encoding", "gzip"), client=("192.0.2.1", 1)), silence, sent)
    assert gzip.decompress(sent.body) == b"a" * 5000
    assert sent.headers["x-request-id"]
    assert log[-1]["status"] == 200
