"""Tokens of programs at their borders: refresh chains, and personal access tokens."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from app.core import access_tokens, answers, clock, ids
from app.core.errors import AppError, Forbidden, Invalid, NotFound, StorageUnavailable
from app.core.settings import settings
from app.domain.permissions import Scope
from app.schemas.identity import MakePersonalToken
from app.services import api_sessions, browser_sessions, personal_tokens
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


def wanted(name="CI", days=90, scopes=(Scope.write, Scope.read)):
    return MakePersonalToken(name=name, scopes=frozenset(scopes), days=days)


@pytest.mark.req("AUTHZ-07")
async def test_a_personal_token_is_stored_as_it_was_asked_for_and_audited(world, set_clock):
    author = world.actor("author")
    made = await personal_tokens.make(author, wanted("  Build \t server ", days=3))
    token = made.token
    assert (token.name, token.last_used_at) == ("Build server", None)
    assert (token.created_at, token.expires_at) == (set_clock.moment, set_clock.moment + timedelta(days=3))
    assert token.scopes == ("documents:read", "documents:write")
    assert (made.secret[:4], len(made.secret)) == ("plb_", 47)
    assert await rows("SELECT id, user_id, digest, revoked_at FROM personal_token") == [
        (token.id, author.user_id, ids.digest(made.secret), None)
    ]
    ((action, result, actor_id, object_id, details),) = await audited("token:made")
    assert (action, result, actor_id, object_id) == ("account:token:made", "ok", author.user_id, token.id)
    assert "documents:read" in str(details)
    assert await personal_tokens.mine(author) == (token,)


@on_sqlite
async def test_the_name_of_a_token_can_be_shown(world):
    for name in ("", "  \t", "a\0b", "a\u202eb"):
        with pytest.raises(Invalid) as caught:
            await personal_tokens.make(world.actor("author"), wanted(name))
        assert caught.value.details == {"field": "name"}
    assert await rows("SELECT id FROM personal_token") == []


async def test_a_person_has_a_bounded_number_of_good_tokens(world, monkeypatch, set_clock):
    assert personal_tokens.MOST == 50
    monkeypatch.setattr(personal_tokens, "MOST", 3)
    author = world.actor("author")
    made = [await personal_tokens.make(author, wanted(str(number), days=number + 1)) for number in range(3)]
    with pytest.raises(Invalid, match="You have 3 tokens"):
        await personal_tokens.make(author, wanted())
    assert (await personal_tokens.make(world.actor("reader"), wanted())).secret
    await personal_tokens.revoke(author, made[2].token.id)
    await personal_tokens.make(author, wanted(days=9))
    with pytest.raises(Invalid):
        await personal_tokens.make(author, wanted())
    set_clock.advance(days=1)
    await personal_tokens.make(author, wanted("last", days=9))
    assert [one.name for one in await personal_tokens.mine(author)] == ["last", "CI", "1"]


@pytest.mark.req("AUTHZ-07")
async def test_only_a_person_who_signed_in_has_to_do_with_tokens(world):
    author = world.actor("author")
    made = await personal_tokens.make(author, wanted())
    program = await personal_tokens.identify(made.secret)
    for call in (
        personal_tokens.make(program, wanted()),
        personal_tokens.mine(program),
        personal_tokens.revoke(program, made.token.id),
    ):
        with pytest.raises(Forbidden):
            await call
    with pytest.raises(NotFound, match="no such token"):
        await personal_tokens.revoke(world.actor("reader"), made.token.id)
    assert await personal_tokens.mine(world.actor("reader")) == ()
    await personal_tokens.revoke(author, made.token.id)
    with pytest.raises(NotFound):
        await personal_tokens.revoke(author, made.token.id)
    assert [row[:4] for row in await audited("token:revoked")] == [
        ("account:token:revoked", "ok", author.user_id, made.token.id)
    ]
    assert await personal_tokens.identify(made.secret) is None


@pytest.mark.req("AUTHZ-07")
async def test_a_token_is_its_person_with_its_scopes_until_its_last_moment(world, set_clock):
    author = world.actor("author")
    made = await personal_tokens.make(author, wanted(days=1))
    found = await personal_tokens.identify(made.secret)
    assert (found.user_id, found.name, found.session_id) == (author.user_id, author.name, "")
    assert found.scopes == frozenset({Scope.read, Scope.write})
    set_clock.advance(days=1, seconds=-1)
    assert await personal_tokens.identify(made.secret) is not None
    set_clock.advance(seconds=1)
    assert await personal_tokens.identify(made.secret) is None, "kept, but over"
    await answers.close()
    assert await personal_tokens.identify(made.secret) is None, "asked for, but over"
    set_clock.advance(seconds=-1)
    await change("""UPDATE personal_token SET scopes = '["documents:read", "no:such"]'""")
    assert (await personal_tokens.identify(made.secret)).scopes == frozenset({Scope.read})


@pytest.mark.parametrize(
    "barred",
    [
        "personal_token SET revoked_at = created_at",
        '"user" SET disabled_at = created_at',
        '"user" SET can_sign_in = false',
    ],
)
async def test_a_token_ends_with_what_it_stands_for(world, barred):
    made = await personal_tokens.make(world.actor("author"), wanted())
    assert await personal_tokens.identify(made.secret)
    await change(f"UPDATE {barred}")
    assert await personal_tokens.identify(made.secret) is None


@on_sqlite
@pytest.mark.parametrize("secret", ["", "plb_", "plb_" + "A" * 42, "plb_" + "A" * 44, "plb_" + "é" * 43])
async def test_what_has_not_the_shape_of_a_token_is_not_looked_up(world, monkeypatch, secret):
    monkeypatch.setattr(answers, "ask", None)
    assert await personal_tokens.identify(secret) is None


async def used():
    ((at,),) = await rows("SELECT last_used_at FROM personal_token")
    return at


async def test_the_use_is_noted_after_a_whole_minute(world, set_clock):
    made = await personal_tokens.make(world.actor("author"), wanted())
    assert await used() is None
    assert await personal_tokens.identify("plb_" + "A" * 43) is None
    await personal_tokens.identify(made.secret)
    first = await used()
    assert first is not None
    for seconds, noted in ((59, False), (1, True), (59.999, False)):
        set_clock.advance(seconds=seconds)
        before = await used()
        await answers.close()
        await personal_tokens.identify(made.secret)
        assert (await used() != before) is noted
    listed = (await personal_tokens.mine(world.actor("author")))[0]
    assert listed.last_used_at == clock.now() - timedelta(seconds=59.999)


async def test_a_program_reads_on_when_its_use_cannot_be_noted(world, monkeypatch):
    made = await personal_tokens.make(world.actor("author"), wanted())

    def full():
        raise StorageUnavailable("The disk is full.")

    monkeypatch.setattr(personal_tokens, "unit_of_work", full)
    with capture_logs() as lines:
        assert await personal_tokens.identify(made.secret) is not None
    assert lines == [{"event": "token.use_not_noted", "reason": "The disk is full.", "log_level": "warning"}]
    assert await used() is None
