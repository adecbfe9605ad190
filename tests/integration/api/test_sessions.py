"""Cookie sessions as a browser sees them: begun at sign-in, judged at each request, ended on the server."""

import re
from http.cookies import SimpleCookie

import pytest
from passlib.hash import argon2

from app.services import accounts
from tests.integration.api.site import ADDRESS, on_sqlite
from tests.integration.world import change, rows

PASSWORD = "slate river lantern 42"
SECURE = "https://plumbline.example"


@pytest.fixture
async def author(world):
    hashed = argon2.using(type="ID", memory_cost=8, time_cost=1, parallelism=1).hash(PASSWORD)
    await change('UPDATE "user" SET password_hash = :hash WHERE email = :who', hash=hashed, who="author@example.org")
    return {"email": "author@example.org", "password": PASSWORD}


def cookie_of(answer):
    jar = SimpleCookie(answer.headers["set-cookie"])
    assert len(jar) == 1
    return next(iter(jar.values()))


async def signed_in(site, form, base=ADDRESS, **headers):
    async with site.client(base=base, **headers) as client:
        return await client.post("/auth/sign-in", data=form)


@pytest.mark.req("AUTH-01", "SESS-01")
async def test_signing_in_gives_a_new_session_that_answers(site, author):
    made = [cookie_of(await signed_in(site, author)).value for _ in range(2)]
    assert made[0] != made[1]
    for token in made:
        async with site.client(token) as client:
            page = await client.get("/documents")
            assert (page.status_code, "Author Person" in page.text) == (200, True)
            assert (await client.get("/api/v1/documents")).status_code == 200


@on_sqlite
@pytest.mark.req("SESS-01")
async def test_a_session_that_the_browser_brings_is_never_taken_over(site, author):
    chosen = "A" * 43
    answer = await signed_in(site, author, cookie=f"plumbline={chosen}")
    assert cookie_of(answer).value != chosen
    async with site.client(chosen) as client:
        assert (await client.get("/api/v1/documents")).status_code == 401
    earlier = cookie_of(answer).value
    assert cookie_of(await signed_in(site, author, cookie=f"plumbline={earlier}")).value != earlier


@on_sqlite
@pytest.mark.req("SESS-02", "SESS-08")
@pytest.mark.parametrize(("base", "name"), [(ADDRESS, "plumbline"), (SECURE, "__Host-plumbline")])
async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site, author, base, name):
    answer = await signed_in(site, author, base)
    cookie = cookie_of(answer)
    assert (cookie.key, cookie["httponly"], cookie["samesite"], cookie["path"]) == (name, True, "Lax", "/")
    assert cookie["domain"] == ""
    assert bool(cookie["secure"]) == (base == SECURE)
    assert re.fullmatch(r"[\w-]{43}", cookie.value)
    assert answer.headers["cache-control"] == "no-store"
    assert cookie.value not in answer.text


@on_sqlite
@pytest.mark.req("SESS-02")
async def test_on_https_a_cookie_that_http_could_have_set_is_none(site, world):
    async with site.client(base=SECURE, cookie=f"plumbline={world.tokens['author']}") as client:
        assert (await client.get("/api/v1/documents")).status_code == 401
    async with site.client(world.tokens["author"], base=SECURE) as client:
        assert (await client.get("/api/v1/documents")).status_code == 200


@pytest.mark.req("SESS-03", "SESS-04")
async def test_signing_out_ends_this_session_at_once_and_no_other(site, author, world):
    token = cookie_of(await signed_in(site, author)).value
    async with site.client(token) as client:
        answer = await client.post("/auth/sign-out")
        assert (answer.status_code, answer.json()["location"]) == (200, "/login")
        ended = cookie_of(answer)
        assert (ended.value, ended["max-age"]) == ("", "0")
        assert (await client.get("/api/v1/documents")).status_code == 401
        assert (await client.get("/documents")).headers["location"].startswith("/login")
        assert (await client.post("/auth/sign-out")).status_code == 401
    async with site.client(world.tokens["author"]) as client:
        assert (await client.get("/api/v1/documents")).status_code == 200


@on_sqlite
@pytest.mark.req("SESS-06")
async def test_a_disabled_person_is_out_at_the_next_request(browser, author, site):
    async with browser("author") as client:
        assert (await client.get("/api/v1/documents")).status_code == 200
        await change(
            'UPDATE "user" SET disabled_at = :now WHERE email = :who', now="2026-01-01 00:00:00", who=author["email"]
        )
        assert (await client.get("/api/v1/documents")).status_code == 401
    assert (await signed_in(site, author)).status_code == 401


@on_sqlite
@pytest.mark.req("SESS-07")
async def test_a_token_in_the_address_is_nobody(browser, world):
    token = world.tokens["author"]
    async with browser() as client:
        for name in ("plumbline", "__Host-plumbline", "token", "access_token", "session", "auth", "key", "cookie"):
            answer = await client.get("/api/v1/me", params={name: token})
            assert answer.status_code == 401
        for header in ("authorization", "x-auth-token", "x-plumbline-session", "plumbline"):
            for value in (token, f"Bearer {token}"):
                assert (await client.get("/api/v1/documents", headers={header: value})).status_code == 401


@pytest.mark.req("AUTH-02")
async def test_an_unknown_address_and_a_wrong_password_are_answered_alike(site, author):
    await change('UPDATE "user" SET password_hash = NULL WHERE email = :who', who="reader@example.org")
    forms = [
        author | {"password": "wrong"},
        author | {"email": "nobody@example.org"},
        author | {"email": "reader@example.org"},
        author | {"email": "no address"},
        author | {"email": "a\0b@example.org"},
    ]
    answers = [await signed_in(site, form) for form in forms]
    told = {(answer.status_code, answer.text, tuple(sorted(set(answer.headers)))) for answer in answers}
    assert len(told) == 1
    assert answers[0].status_code == 401
    assert "set-cookie" not in answers[0].headers


@on_sqlite
@pytest.mark.req("AUTH-05")
async def test_a_megabyte_of_password_is_refused_unread(site, author):
    for size in (5_000, 1_000_000):
        answer = await signed_in(site, author | {"password": "x" * size})
        assert answer.status_code in {413, 422}
        assert "xxxxx" not in answer.text


RETURNS = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "http:evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "?x=//evil.example",
    "#//evil.example",
    "/\u00a0/evil.example",
    "/\u2028/evil.example",
    "/\x00/evil.example",
    "/documents\r\nset-cookie: a=b",
    "http://[",
    "../evil",
    "/\u200b/evil.example",
]


@on_sqlite
@pytest.mark.req("REDIR-01")
async def test_no_return_address_leads_elsewhere(site, author, monkeypatch):
    async def let_in(*_):
        return "A" * 43

    monkeypatch.setattr(accounts, "sign_in", let_in)
    for spelt in RETURNS:
        answer = await signed_in(site, author | {"next": spelt})
        assert (answer.status_code, answer.json()["location"]) == (200, "/"), repr(spelt)
        assert "evil" not in str(answer.headers)
    for spelt in ("/documents", "/d/ENG-1?x=//evil.example#L3", "/d/ENG-1/r/2", "/documents?after=a%2F%2Fb"):
        assert (await signed_in(site, author | {"next": spelt})).json()["location"] == spelt
    assert (await signed_in(site, author)).json()["location"] == "/documents"


@on_sqlite
@pytest.mark.req("REDIR-01")
async def test_the_way_to_sign_in_carries_only_where_one_was(site, world):
    for path in (
        "//evil.example",
        "/\\evil.example",
        "/d//evil.example",
        "/documents//",
        "/d/https:%2f%2fevil.example",
    ):
        answer = await site.send("GET", path, query="u=https://evil.example", headers=[("accept", "text/html")])
        location = answer.headers.get("location", "/")
        assert re.match(r"/(login|documents|$)", location), location
        assert "//" not in location


@on_sqlite
@pytest.mark.req("OPS-02")
async def test_the_audit_has_the_address_and_the_request(site, author):
    answer = await signed_in(site, author)
    refused = await signed_in(site, author | {"password": "wrong"})
    found = await rows("SELECT action, result, request_id, address FROM audit_event ORDER BY id DESC LIMIT 2")
    ids = [refused.headers["x-request-id"], answer.headers["x-request-id"]]
    assert [tuple(row) for row in found] == [
        ("account:session:refused", "refused", ids[0], "127.0.0.1"),
        ("account:session:started", "ok", ids[1], "127.0.0.1"),
    ]
