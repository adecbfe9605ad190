"""Sessions of programs at their borders: pairs of tokens, refresh chains, what ends them."""

import pytest

from app.core import access_tokens, ids
from app.core.errors import AppError
from app.core.settings import settings
from app.services import api_sessions, browser_sessions
from app.services.unit_of_work import unit_of_work
from tests.integration.api.site import on_sqlite
from tests.integration.world import change, rows

SECRET = "5f0c3a9d71be46288d07aa13c9e25b74"
FROM = ("192.0.2.8", "Client 1")


@pytest.fixture(autouse=True)
def _stopped(set_clock, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_SECRET_KEY", SECRET)
    settings.cache_clear()
    return set_clock


async def pair(world, name="author"):
    async with unit_of_work() as work:
        user = await work.users.get(world.actor(name).user_id)
        return await api_sessions.start(work, user, *FROM)


async def refused(call):
    with pytest.raises(AppError) as caught:
        await call
    return caught.value.code


async def audited(kind):
    found = await rows(
        "SELECT action, result, actor_id, object_id, details FROM audit_event WHERE action LIKE :kind ORDER BY id",
        kind=f"account:{kind}%",
    )
    return [tuple(row) for row in found]


async def of_api():
    """The sessions of programs: id, person, last seen, ended."""
    return await rows("SELECT id, user_id, last_seen_at, ended_at FROM auth_session WHERE client = 'api' ORDER BY id")


@pytest.mark.req("AUTH-01")
async def test_a_session_of_a_program_begins_with_a_pair_and_is_audited(world):
    made = await pair(world)
    ((session_id, user_id, _, ended),) = await of_api()
    assert (user_id, ended) == (world.actor("author").user_id, None)
    claims = access_tokens.read(made.access_token)
    assert (claims.user_id, claims.session_id) == (user_id, session_id)
    assert (made.token_type, made.expires_in) == ("Bearer", 900)
    assert await rows("SELECT digest, session_id, used_at, successor_digest FROM refresh_token") == [
        (ids.digest(made.refresh_token), session_id, None, None)
    ]
    assert await rows("SELECT user_agent, address, token_digest FROM auth_session WHERE client = 'api'") != []
    ((agent, address),) = await rows("SELECT user_agent, address FROM auth_session WHERE client = 'api'")
    assert (address, agent) == FROM
    started = [row for row in await audited("session:started") if row[3] == session_id]
    assert [row[:4] for row in started] == [("account:session:started", "ok", user_id, session_id)]
    actor = await api_sessions.by_access_token(made.access_token)
    assert (actor.user_id, actor.session_id, actor.scopes) == (user_id, session_id, None)


@pytest.mark.req("REFR-01", "REFR-03")
async def test_a_refresh_gives_one_successor_and_notes_that_it_was_seen(world, set_clock):
    first = await pair(world)
    ((session_id, user_id, before, _),) = await of_api()
    set_clock.advance(seconds=90)
    second = await api_sessions.refresh(first.refresh_token)
    assert access_tokens.read(second.access_token).session_id == session_id
    ((_, _, seen, _),) = await of_api()
    assert seen != before
    stored = await rows("SELECT digest, session_id, successor_digest FROM refresh_token ORDER BY created_at")
    assert stored == [
        (ids.digest(first.refresh_token), session_id, ids.digest(second.refresh_token)),
        (ids.digest(second.refresh_token), session_id, None),
    ]
    again = await api_sessions.refresh(first.refresh_token)
    assert again.refresh_token == second.refresh_token
    assert access_tokens.read(again.access_token).user_id == user_id
    third = await api_sessions.refresh(second.refresh_token)
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3
    assert {len(one.refresh_token) for one in (first, second, third)} == {43}
    assert len(await rows("SELECT digest FROM refresh_token")) == 3


@pytest.mark.req("REFR-02")
async def test_the_grace_ends_at_its_last_moment_and_then_the_session_does(world, set_clock):
    first = await pair(world)
    ((session_id, user_id, _, _),) = await of_api()
    second = await api_sessions.refresh(first.refresh_token)
    set_clock.advance(seconds=9.999)
    assert (await api_sessions.refresh(first.refresh_token)).refresh_token == second.refresh_token
    set_clock.advance(seconds=0.001)
    assert await refused(api_sessions.refresh(first.refresh_token)) == "REFRESH_REUSED"
    ((_, _, _, ended),) = await of_api()
    assert ended is not None
    told = [("account:session:refresh_reused", "refused", user_id, session_id)]
    assert [row[:4] for row in await audited("session:refresh_reused")] == told
    for token in (first, second):
        assert await refused(api_sessions.refresh(token.refresh_token)) == "SESSION_REVOKED"
    assert await refused(api_sessions.by_access_token(second.access_token)) == "SESSION_REVOKED"
    assert [row[:4] for row in await audited("session:refresh_reused")] == told


async def test_only_the_answer_that_was_given_is_given_again(world, monkeypatch):
    """With another secret the token would have another successor: it is no lost answer that is asked for."""
    first = await pair(world)
    await api_sessions.refresh(first.refresh_token)
    monkeypatch.setenv("PLUMBLINE_SECRET_KEY", SECRET[::-1])
    settings.cache_clear()
    assert await refused(api_sessions.refresh(first.refresh_token)) == "REFRESH_REUSED"


async def test_a_used_token_whose_session_somebody_else_ended_just_now_is_told_once(world, monkeypatch, set_clock):
    first = await pair(world)
    await api_sessions.refresh(first.refresh_token)
    set_clock.advance(minutes=1)
    monkeypatch.setattr(browser_sessions, "is_alive", lambda *_: True)
    for _ in range(2):
        assert await refused(api_sessions.refresh(first.refresh_token)) == "REFRESH_REUSED"
    assert len(await audited("session:refresh_reused")) == 1


@on_sqlite
@pytest.mark.req("REFR-04")
@pytest.mark.parametrize("token", ["", "A" * 42, "A" * 44, "é" * 43])
async def test_what_is_no_token_of_ours_costs_no_query(world, monkeypatch, token):
    monkeypatch.setattr(api_sessions, "unit_of_work", None)
    assert await refused(api_sessions.refresh(token)) == "INVALID_TOKEN"


async def test_a_token_that_was_never_given_and_one_of_an_ended_session(world):
    assert await refused(api_sessions.refresh("A" * 43)) == "INVALID_TOKEN"
    first = await pair(world)
    await change("UPDATE auth_session SET ended_at = created_at WHERE client = 'api'")
    assert await refused(api_sessions.refresh(first.refresh_token)) == "SESSION_REVOKED"


async def test_an_access_token_of_another_persons_session_is_no_good(world):
    await pair(world)
    ((session_id, user_id, _, _),) = await of_api()
    reader = world.actor("reader").user_id
    assert await refused(api_sessions.by_access_token(access_tokens.issue(reader, session_id))) == "SESSION_REVOKED"
    assert (await api_sessions.by_access_token(access_tokens.issue(user_id, session_id))).user_id == user_id
    assert await refused(api_sessions.by_access_token(access_tokens.issue(user_id, ids.new_id()))) == "SESSION_REVOKED"
    assert await refused(api_sessions.by_access_token("a.b.c")) == "INVALID_TOKEN"
