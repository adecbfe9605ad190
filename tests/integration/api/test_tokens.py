"""Programs: access tokens, refresh chains, and what ends them."""

import asyncio

import pytest

from tests.integration.api.programs import LOGIN, PASSWORD, later, pair, personal, refreshed, status
from tests.integration.api.site import on_sqlite
from tests.integration.world import change, rows


@pytest.mark.req("AUTH-01", "SESS-08")
async def test_a_program_signs_in_and_is_answered_for(program):
    async with program() as client:
        answer = await client.post("/api/v1/auth/login", json=LOGIN)
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
        tokens = answer.json()
        assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 900)
    async with program(tokens["access_token"]) as client:
        me = (await client.get("/api/v1/me")).json()
        assert (me["name"], me["email"], "scopes" in me) == ("Author Person", "author@example.org", False)
        assert (await client.get("/api/v1/documents")).status_code == 200
        sent = {"data": {"space": "ENG"}, "files": {"files": ("a.md", b"# A\n\nText.\n", "text/markdown")}}
        assert (await client.post("/api/v1/imports", **sent)).status_code == 201


@pytest.mark.req("AUTH-02")
async def test_unknown_address_and_wrong_password_look_alike_to_a_program(program):
    answers = []
    for changed in ({"password": "wrong"}, {"email": "nobody@example.org"}, {"email": "no address"}):
        async with program() as client:
            answers.append(await client.post("/api/v1/auth/login", json=LOGIN | changed))
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, answers[0].text)}


@pytest.mark.req("REFR-01")
async def test_a_refresh_gives_new_tokens_and_marks_the_old_one(program):
    first = await pair(program)
    second = (await refreshed(program, first["refresh_token"])).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert await status(program, second["access_token"]) == 200
    stored = await rows("SELECT digest, used_at, successor_digest FROM refresh_token ORDER BY created_at, used_at")
    by_use = {bool(used): (digest, successor) for digest, used, successor in stored}
    assert len(stored) == 2
    assert by_use[True][1] == by_use[False][0]
    assert first["refresh_token"] not in str(stored)
    assert second["refresh_token"] not in str(stored)


@pytest.mark.req("REFR-03")
async def test_ten_at_once_get_one_successor(program):
    first = await pair(program)
    answers = await asyncio.gather(*(refreshed(program, first["refresh_token"]) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
    assert await rows("SELECT count(*) FROM refresh_token") == [(2,)]


@pytest.mark.req("REFR-02")
async def test_a_used_token_after_the_grace_ends_its_session_and_no_other(program, monkeypatch):
    first, other = await pair(program), await pair(program)
    second = (await refreshed(program, first["refresh_token"])).json()
    assert (await refreshed(program, first["refresh_token"])).json()["refresh_token"] == second["refresh_token"]
    later(monkeypatch, seconds=11)
    stolen = await refreshed(program, first["refresh_token"])
    assert (stolen.status_code, stolen.json()["error"]["code"]) == (401, "REFRESH_REUSED")
    for token in (first["access_token"], second["access_token"]):
        async with program(token) as client:
            answer = await client.get("/api/v1/me")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "SESSION_REVOKED")
    dead = await refreshed(program, second["refresh_token"])
    assert (dead.status_code, dead.json()["error"]["code"]) == (401, "SESSION_REVOKED")
    assert await status(program, other["access_token"]) == 200
    assert (await refreshed(program, other["refresh_token"])).status_code == 200
    found = await rows("SELECT result FROM audit_event WHERE action = 'account:session:refresh_reused'")
    assert found == [("refused",)]


@on_sqlite
@pytest.mark.req("REFR-04")
@pytest.mark.parametrize("token", ["", "x", "A" * 43, "é" * 43, "A" * 5_000, "\0" * 43, None, 7, [], {"a": 1}])
async def test_rubbish_as_a_refresh_token_is_a_client_error(program, token):
    answer = await refreshed(program, token)
    assert answer.status_code in {401, 422}
    assert answer.json()["error"]["code"] in {"INVALID_TOKEN", "VALIDATION_ERROR"}


@on_sqlite
@pytest.mark.req("REFR-05", "SESS-09")
async def test_a_chain_ends_at_an_absolute_time(program, monkeypatch):
    token = (await pair(program))["refresh_token"]
    for _ in range(70):
        later(monkeypatch, hours=11, minutes=59)
        answer = await refreshed(program, token)
        if answer.status_code != 200:
            break
        token = answer.json()["refresh_token"]
    assert answer.json()["error"]["code"] == "SESSION_REVOKED"
    began = await rows("SELECT count(*) FROM refresh_token")
    assert began == [(1 + int(30 * 24 / (11 + 59 / 60)),)]


@on_sqlite
@pytest.mark.req("SESS-09")
async def test_a_chain_that_nobody_uses_ends(program, monkeypatch):
    token = (await pair(program))["refresh_token"]
    later(monkeypatch, hours=12)
    assert (await refreshed(program, token)).json()["error"]["code"] == "SESSION_REVOKED"


@pytest.mark.req("SESS-03", "SESS-04")
async def test_signing_out_ends_access_and_refresh_of_this_session_alone(program, browser):
    first, other = await pair(program), await pair(program)
    async with program(first["access_token"]) as client:
        assert (await client.post("/api/v1/auth/logout")).status_code == 204
    assert await status(program, first["access_token"]) == 401
    assert (await refreshed(program, first["refresh_token"])).status_code == 401
    assert await status(program, other["access_token"]) == 200
    async with browser("author") as client:
        assert (await client.get("/api/v1/me")).status_code == 200


@pytest.mark.req("SESS-06")
async def test_a_disabled_person_is_out_at_the_next_request(program):
    tokens = await pair(program)
    await change('UPDATE "user" SET disabled_at = created_at WHERE email = :who', who=LOGIN["email"])
    assert await status(program, tokens["access_token"]) == 401
    assert (await refreshed(program, tokens["refresh_token"])).status_code == 401


@pytest.mark.req("AUTH-07", "SESS-05")
async def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(program, browser):
    mine, other = await pair(program), await pair(program)
    new = "otter granite willow 7"
    async with program(mine["access_token"]) as client:
        wrong = await client.put("/api/v1/me/password", json={"current": "wrong", "new": new})
        weak = await client.put("/api/v1/me/password", json={"current": PASSWORD, "new": "password"})
        assert (wrong.status_code, weak.status_code) == (401, 422)
        assert await status(program, other["access_token"]) == 200
        done = await client.put("/api/v1/me/password", json={"current": PASSWORD, "new": new})
        assert done.status_code == 204
    assert await status(program, mine["access_token"]) == 200
    assert await status(program, other["access_token"]) == 401
    async with browser("author") as client:
        assert (await client.get("/api/v1/me")).status_code == 401
    assert (await pair(program, password=new))["access_token"]
    assert await rows("SELECT count(*) FROM audit_event WHERE action = 'account:password:changed'") == [(1,)]


@pytest.mark.req("SESS-10")
async def test_people_see_and_end_their_sessions_and_nobody_elses(program, browser):
    mine, other = await pair(program), await pair(program)
    async with program(mine["access_token"]) as client:
        seen = (await client.get("/api/v1/me/sessions")).json()
        assert [one["client"] for one in seen].count("api") == 2
        assert [one["is_current"] for one in seen].count(True) == 1
        ended = next(one["id"] for one in seen if one["client"] == "api" and not one["is_current"])
        async with browser("reader") as stranger:
            assert (await stranger.delete(f"/api/v1/me/sessions/{ended}")).status_code == 404
        assert (await client.delete(f"/api/v1/me/sessions/{ended}")).status_code == 204
        assert (await client.delete(f"/api/v1/me/sessions/{ended}")).status_code == 404
        assert await status(program, other["access_token"]) == 401
        assert (await client.delete("/api/v1/me/sessions")).status_code == 204
        assert len((await client.get("/api/v1/me/sessions")).json()) == 1
    async with browser("author") as gone:
        assert (await gone.get("/api/v1/me")).status_code == 401


@on_sqlite
@pytest.mark.req("JWT-07")
async def test_tokens_are_not_taken_for_one_another(program, site, world):
    tokens = await pair(program)
    made, _ = await personal(program)
    cookie = world.tokens["author"]
    for wrong in (tokens["refresh_token"], cookie, made["token"]["id"], "-", "plb_", "plb_" + "A" * 43):
        assert await status(program, wrong) == 401
    for wrong in (tokens["access_token"], made["secret"], cookie):
        assert (await refreshed(program, wrong)).status_code in {401, 422}
    for wrong in (tokens["access_token"], tokens["refresh_token"], made["secret"]):
        async with site.client(wrong) as client:
            assert (await client.get("/api/v1/documents")).status_code == 401


@on_sqlite
@pytest.mark.req("JWT-02", "JWT-08")
async def test_a_bad_bearer_is_refused_whatever_cookie_stands_beside_it(site, world):
    for token in ("x", "a.b.c", "A" * 8_000, "..."):
        async with site.client(world.tokens["author"], authorization=f"Bearer {token}") as client:
            answer = await client.get("/api/v1/documents")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "INVALID_TOKEN")


@on_sqlite
@pytest.mark.req("CSRF-01")
async def test_only_a_cookie_asks_where_a_write_comes_from(program, site, world):
    tokens = await pair(program)
    async with program(tokens["access_token"], sec_fetch_site="cross-site") as client:
        assert (await client.delete("/api/v1/me/sessions")).status_code == 204
    async with site.client(world.tokens["reader"], sec_fetch_site="cross-site") as client:
        assert (await client.delete("/api/v1/me/sessions")).json()["error"]["code"] == "CROSS_SITE"
