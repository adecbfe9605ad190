"""What every answer has in common: the envelope of failures, headers, caching, and nothing of the inside."""

import json

import pytest

from app.core.errors import CODES
from app.services import documents
from tests.integration.api.site import on_sqlite

pytestmark = on_sqlite
NOWHERE = ("/api/v1/nothing", "/api/", "/auth/nothing", "/content/", "/nothing", "/wp-login.php", "/_event", "/ping")


@pytest.mark.req("ERR-05")
async def test_nothing_there_is_said_in_the_envelope_everywhere(browser):
    async with browser("author") as client:
        for path in NOWHERE:
            for method in ("GET", "POST", "DELETE", "OPTIONS", "BREW"):
                answer = await client.request(method, path)
                assert answer.status_code == 404, (method, path, answer.text)
                assert set(answer.json()["error"]) == {"code", "message", "details"}
                assert answer.json()["error"]["code"] == "NOT_FOUND"


@pytest.mark.req("ERR-05")
async def test_a_person_who_is_lost_gets_a_page(browser):
    async with browser() as client:
        answer = await client.get("/nothing/here", headers={"accept": "text/html,*/*"})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["x-request-id"] in answer.text


@pytest.mark.req("ERR-05")
@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/api/v1/documents", {"GET", "HEAD", "POST"}),
        ("PUT", "/api/v1/documents/ENG-1", {"GET", "HEAD", "PATCH", "DELETE"}),
        ("HEAD", "/auth/providers/google/start", {"GET"}),
        ("GET", "/auth/sign-in", {"POST"}),
        ("POST", "/healthz", {"GET", "HEAD"}),
        ("BREW", "/api/v1/imports", {"POST"}),
        ("POST", "/documents", {"GET", "HEAD"}),
        ("PUT", "/d/ENG-1", {"GET", "HEAD"}),
        ("OPTIONS", "/login", {"GET", "HEAD"}),
        ("POST", "/assets/app-1a2b3c.js", {"GET", "HEAD"}),
        ("DELETE", "/favicon.svg", {"GET", "HEAD"}),
    ],
)
async def test_a_method_that_is_not_taken_is_405_with_allow(browser, method, path, allowed):
    async with browser("author") as client:
        answer = await client.request(method, path)
    assert answer.status_code == 405, answer.text
    assert {part.strip() for part in answer.headers["allow"].split(",")} == allowed
    assert method == "HEAD" or answer.json()["error"]["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.req("ERR-05", "HEAD-02")
async def test_failures_of_every_kind_have_the_envelope(browser):
    async with browser() as stranger, browser("reader") as reader:
        answers = [
            await stranger.get("/api/v1/documents"),
            await stranger.post("/auth/sign-out", headers={"sec-fetch-site": "cross-site"}),
            await stranger.post("/auth/sign-in", data={"email": "a@b", "password": "x"}),
            await reader.get("/api/v1/documents/ENG-999"),
            await reader.get("/api/v1/documents?limit=x"),
            await reader.post("/api/v1/imports/answers", content=b"{"),
            await reader.post("/api/v1/imports/answers", content=b"{}", headers={"content-encoding": "gzip"}),
        ]
    for answer in answers:
        error = answer.json()["error"]
        assert CODES[error["code"]] == answer.status_code
        assert error["message"].endswith((".", "?"))
        assert isinstance(error["details"], dict)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["cache-control"] == "no-store"
        assert ("www-authenticate" in answer.headers) == (answer.status_code == 401)


def broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError("planted detail of the inside")


@pytest.mark.req("ERR-08")
@pytest.mark.parametrize("path", ["/api/v1/documents/ENG-1", "/d/ENG-1"])
async def test_a_defect_is_a_500_whose_request_id_finds_the_line(browser, log, monkeypatch, path):
    monkeypatch.setattr(documents, "find", broken)
    async with browser("author") as client:
        answer = await client.get(path)
        assert (await client.get("/api/v1/documents")).status_code == 200
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (500, "INTERNAL_ERROR")
    assert "planted" not in answer.text
    assert error["details"] == {"request_id": answer.headers["x-request-id"]}
    line = next(line for line in log if line["event"] == "unforeseen")
    assert line["log_level"] == "error"
    assert line["exc_info"]


@pytest.mark.req("HEAD-01")
async def test_every_kind_of_answer_has_the_security_headers(browser, world):
    number = await world.document()
    async with browser("author") as client:
        for path in (
            f"/d/{number}",
            "/documents",
            "/nothing",
            "/assets/app-1a2b3c.js",
            "/api/v1/documents",
            "/healthz",
        ):
            for method in ("GET", "HEAD", "POST"):
                sent = (await client.request(method, path, headers={"accept": "text/html"})).headers
                assert sent["x-content-type-options"] == "nosniff"
                assert sent["referrer-policy"] in {"same-origin", "no-referrer", "strict-origin-when-cross-origin"}
                policy = sent["content-security-policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert "base-uri 'none'" in policy
                assert "form-action '" in policy
                assert "unsafe" not in policy
                assert "*" not in policy
                assert len(sent["x-request-id"]) == 32
                assert "strict-transport-security" not in sent
                assert not {"server", "x-powered-by", "via"} & set(sent)


@pytest.mark.req("HEAD-01")
async def test_https_is_insisted_on_where_it_is_spoken(browser, monkeypatch):
    async with browser("author", base="https://plumbline.example") as client:
        for path in ("/documents", "/api/v1/documents", "/assets/app-1a2b3c.js", "/nothing"):
            sent = await client.get(path)
            assert int(sent.headers["strict-transport-security"].partition("=")[2]) >= 15_552_000


@pytest.mark.req("HEAD-02", "SESS-08")
async def test_answers_of_the_api_are_json_and_kept_by_nobody(browser, world):
    number = await world.document()
    async with browser("author") as client:
        for path in ("", f"/{number}", f"/{number}/revisions"):
            sent = (await client.get(f"/api/v1/documents{path}")).headers
            assert sent["content-type"] == "application/json"
            assert sent["cache-control"] == "no-store"
        text = await client.get(f"/api/v1/documents/{number}/text")
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert text.headers["content-disposition"] == f'attachment; filename="{number}.md"'
        assert text.headers["cache-control"] == "no-store"


async def test_a_page_is_kept_by_the_reader_alone_and_asked_for_again(browser, world):
    number = await world.document()
    async with browser("author") as client:
        sent = (await client.get(f"/d/{number}")).headers
        digest = (await client.get(f"/api/v1/documents/{number}")).json()["content_digest"]
        content = (await client.get(f"/content/{digest}")).headers
    assert sent["cache-control"] == "private, no-cache"
    assert "private" in content["cache-control"]
    assert "immutable" in content["cache-control"]
    for headers in (sent, content):
        assert "cookie" in headers["vary"].lower()


HOSTILE = "evil.example"


@pytest.mark.req("HEAD-03")
async def test_the_host_header_reaches_no_answer(site, world):
    number = await world.document()
    cookie = ("cookie", f"plumbline={world.tokens['author']}")
    faked = [("host", HOSTILE), ("x-forwarded-host", HOSTILE), ("x-forwarded-proto", "https"), ("forwarded", HOSTILE)]
    faked += [("x-original-url", f"//{HOSTILE}"), ("x-rewrite-url", f"//{HOSTILE}"), ("accept", "text/html")]
    paths = ["/", "/documents", "/documents/", f"/d/{number}/", "/login", "/setup", "/nothing", "/assets", "/import"]
    paths += ["/api/v1/documents/", f"/api/v1/documents/{number}/", "/auth/sign-in/", "/openapi.json", "/healthz/"]
    for path in paths:
        for headers in (faked, [*faked, cookie]):
            answer = await site.send("GET", path, headers=headers)
            assert HOSTILE not in json.dumps(answer.headers), path
            assert HOSTILE.encode() not in answer.body, path
            assert answer.headers.get("location", "/").startswith("/")


@pytest.mark.req("CORS-01")
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3001", "http://localhost"])
async def test_other_origins_are_given_nothing(browser, origin):
    async with browser("author", origin=origin, sec_fetch_site="cross-site") as client:
        for method in ("GET", "OPTIONS"):
            for path in ("/api/v1/documents", "/auth/sign-in", "/documents", "/healthz", "/openapi.json"):
                asked = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
                answer = await client.request(method, path, headers=asked)
                assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/documents", "/login", "/", "/d/ENG-1", "/api/v1/documents", "/nothing", "/healthz"])
async def test_a_query_or_path_of_300_kilobytes_breaks_nothing(site, world, path):
    cookie = ("cookie", f"plumbline={world.tokens['author']}")
    for headers in ([("accept", "text/html")], [("accept", "text/html"), cookie]):
        for spelt, query in ((path, f"next={'x' * 300_000}&after={'%ff' * 1000}"), (f"{path}/{'y' * 300_000}", "")):
            answer = await site.send("GET", spelt, query=query, headers=headers)
            assert answer.status < 500
            assert len(answer.headers.get("location", "")) < 4_000


@pytest.mark.parametrize(
    "path", ["/documents", "/login", "/assets/app-1a2b3c.js", "/nothing", "/d/ENG-1", "/favicon.svg"]
)
async def test_head_answers_like_get_without_a_body(browser, world, path):
    await world.document()
    for name in ("", "author"):
        async with browser(name, accept="text/html", accept_encoding="identity") as client:
            whole, head = await client.get(path), await client.head(path)
            assert (head.status_code, head.content) == (whole.status_code, b"")
            assert head.headers["content-type" if "content-type" in whole.headers else "location"]
            assert head.headers.get("content-length") == whole.headers.get("content-length")


async def test_the_manual_is_read_by_anybody_and_runs_nothing(browser):
    async with browser() as client:
        answer, style = await client.get("/api/docs"), await client.get("/api/docs/manual.css")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "revisions_save" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert style.headers["content-type"] == "text/css; charset=utf-8"
