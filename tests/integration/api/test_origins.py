"""Where a request comes from: other sites, other sockets, proxies that are trusted and those that only say so."""

from urllib.parse import parse_qs

import pytest

from app.core.settings import settings
from app.gateway.context import caller
from app.services import documents
from tests.integration.api.site import ADDRESS, on_sqlite
from tests.integration.world import rows

pytestmark = on_sqlite
FOREIGN = (
    "https://evil.example",
    "null",
    "http://localhost:3001",
    "https://localhost:3000",
    "http://evil.localhost:3000",
)
WRITES = ("/auth/sign-in", "/auth/sign-out", "/auth/setup", "/api/v1/imports", "/api/v1/imports/answers")


@pytest.mark.req("CSRF-01")
@pytest.mark.parametrize(
    "headers",
    [
        {},
        *({"origin": origin} for origin in FOREIGN),
        {"origin": ""},
        {"origin": "http://["},
        {"origin": f"{ADDRESS}.evil.example"},
        {"origin": f"{ADDRESS}@evil.example"},
        {"sec-fetch-site": "cross-site", "origin": ADDRESS},
        {"sec-fetch-site": "same-site", "origin": ADDRESS},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "nonsense", "origin": ADDRESS},
        {"referer": f"{ADDRESS}/documents"},
    ],
)
async def test_a_write_that_another_site_could_have_sent_is_refused(site, world, headers):
    cookie = ("cookie", f"plumbline={world.tokens['author']}")
    for path in (*WRITES, "/api/v1/documents/ENG-1/revisions"):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = await site.send(method, path, headers=[cookie, *headers.items()])
            assert (answer.status, answer.error["code"]) == (403, "CROSS_SITE"), (method, path)
    assert await rows("SELECT count(*) FROM auth_session WHERE ended_at IS NOT NULL") == [(0,)]


@pytest.mark.req("CSRF-01")
@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-origin"}, {"origin": ADDRESS}, {"origin": ADDRESS.upper().replace("HTTP", "http")}],
)
async def test_our_own_pages_may_write(site, world, headers):
    cookie = ("cookie", f"plumbline={world.tokens['author']}")
    answer = await site.send("POST", "/auth/sign-out", headers=[cookie, *headers.items()])
    assert answer.status == 200


@pytest.mark.req("WS-01")
@pytest.mark.parametrize("origin", [*FOREIGN, "http://[", f"{ADDRESS}.evil.example", "file://"])
async def test_a_socket_of_another_site_is_refused(site, world, origin):
    for name in ("", "author"):
        cookie = [("cookie", f"plumbline={world.tokens[name]}")] if name else []
        answer = await site.socket(headers=[*cookie, ("origin", origin)])
        assert [message["type"] for message in answer.messages] == ["websocket.close"]
    assert site.reflex.scopes == []


@pytest.mark.req("WS-01")
async def test_a_socket_with_a_session_must_say_where_it_comes_from(site, world):
    """Every browser does; without a session there is nothing to abuse."""
    cookie = ("cookie", f"plumbline={world.tokens['author']}")
    for headers in ([cookie], [cookie, ("origin", "")]):
        assert (await site.socket(headers=headers)).messages[0]["type"] == "websocket.close"
    assert (await site.socket()).messages[0]["type"] == "websocket.accept"


@pytest.mark.req("WS-01")
@pytest.mark.parametrize(
    "path", ["/", "/_event/x", "/_event/../", "/_eventx", "/api/v1/documents", "/ws", "/documents"]
)
async def test_there_is_no_other_socket(site, database, path):
    answer = await site.socket(path=path, headers=[("origin", ADDRESS)])
    assert [message["type"] for message in answer.messages] == ["websocket.close"]
    assert site.reflex.scopes == []


@pytest.mark.req("WS-01", "SESS-07")
async def test_the_framework_behind_the_socket_sees_no_secret(site, world):
    token, tab = world.tokens["author"], "8d1f6d1e-tab"
    sent = [
        ("origin", ADDRESS),
        ("cookie", f"plumbline={token}; other=planted"),
        ("authorization", f"Bearer {token}"),
        ("x-plumbline-session", "0" * 32),
        ("X-Plumbline-Session", "1" * 32),
        ("x-forwarded-for", "203.0.113.9"),
        ("user-agent", "Test browser"),
    ]
    answer = await site.socket(query=f"token={tab}&EIO=4&transport=websocket", headers=sent)
    assert answer.messages[0]["type"] == "websocket.accept"
    scope = site.reflex.scopes[0]
    for secret in (token, tab, "planted", "0" * 32, "1" * 32, "203.0.113.9"):
        assert secret not in repr(scope)
    sessions = [value.decode() for name, value in scope["headers"] if name.lower() == b"x-plumbline-session"]
    assert sessions == [world.actor("author").session_id]
    assert scope["client"][0] == "127.0.0.1"
    query = parse_qs(scope["query_string"].decode())
    assert {"EIO": ["4"], "transport": ["websocket"]}.items() <= query.items()
    assert len(query["token"][0]) == 64


@pytest.mark.req("WS-01", "SESS-01")
async def test_a_tab_is_worth_nothing_in_another_session(site, world):
    """The key of the state behind a socket depends on tab and session together, and is the same each time."""
    keys = []
    for name in ("author", "author", "reader", ""):
        cookie = [("cookie", f"plumbline={world.tokens[name]}")] if name else []
        await site.socket(query="token=tab", headers=[("origin", ADDRESS), *cookie])
        keys.append(parse_qs(site.reflex.scopes[-1]["query_string"].decode())["token"][0])
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    "query", ["", "token=", "token=a&token=b", f"token={'a' * 65}", "token=%00a&token=b", "x" * 300_000]
)
async def test_a_socket_without_one_plain_token_is_refused(site, database, query):
    answer = await site.socket(query=query, headers=[("origin", ADDRESS)])
    assert answer.messages[0]["type"] == "websocket.close"


@pytest.fixture
def seen(monkeypatch):
    """Who the code behind the gateway is told is calling."""
    callers, plainly = [], documents.page

    async def page(*asked, **wanted):
        callers.append((caller().address, caller().scheme, caller().host))
        return await plainly(*asked, **wanted)

    monkeypatch.setattr(documents, "page", page)
    return callers


SPOOFED = [("x-forwarded-for", "203.0.113.9"), ("x-forwarded-proto", "https"), ("x-forwarded-host", "evil.example")]


async def asked(site, world, headers, peer):
    cookies = [("cookie", f"plumbline={world.tokens['author']}; __Host-plumbline={world.tokens['author']}")]
    answer = await site.send("GET", "/api/v1/documents", headers=[*cookies, *headers], peer=peer)
    assert answer.status == 200


@pytest.mark.req("RATE-05", "HEAD-03")
@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.2.3", "203.0.113.200", "::1", ""])
async def test_without_trusted_proxies_nobody_is_believed(site, world, seen, peer):
    await asked(site, world, SPOOFED, peer)
    assert seen == [(peer, "http", "localhost:3000")]


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        (["198.51.100.7"], "198.51.100.7"),
        (["198.51.100.7, 10.0.0.9"], "198.51.100.7"),
        (["203.0.113.9, 198.51.100.7, 10.0.0.9, 10.0.0.8"], "198.51.100.7"),
        (["203.0.113.9", "198.51.100.7"], "198.51.100.7"),
        (["203.0.113.9", "198.51.100.7, 10.0.0.9"], "198.51.100.7"),
        (["203.0.113.9, nonsense"], "10.0.0.1"),
        (["203.0.113.9, nonsense, 10.0.0.9"], "10.0.0.9"),
        (["2001:db8::7, 10.0.0.9"], "2001:db8::7"),
        ([""], "10.0.0.1"),
        ([" , ,"], "10.0.0.1"),
        (["10.0.0.5"], "10.0.0.5"),
    ],
)
async def test_of_a_chain_the_last_address_that_no_trusted_proxy_wrote_counts(
    site, world, seen, monkeypatch, forwarded, address
):
    monkeypatch.setenv("PLUMBLINE_TRUSTED_PROXIES", "10.0.0.0/8")
    settings.cache_clear()
    headers = [("x-forwarded-for", value) for value in forwarded]
    headers += [("x-forwarded-proto", "http"), ("x-forwarded-proto", "https"), ("x-forwarded-host", "a, b.example")]
    await asked(site, world, headers, "10.0.0.1")
    assert seen == [(address, "https", "b.example")]


async def test_a_stranger_who_names_a_trusted_proxy_is_not_believed(site, world, seen, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_TRUSTED_PROXIES", "10.0.0.0/8")
    settings.cache_clear()
    await asked(site, world, [*SPOOFED, ("x-forwarded-for", "10.0.0.1")], "203.0.113.77")
    assert seen == [("203.0.113.77", "http", "localhost:3000")]
