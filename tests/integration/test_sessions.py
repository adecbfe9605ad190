"""Sessions at their borders: what begins, what is noted of use, what ends, and what a person sees of their own."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from app.core import answers, ids
from app.core.errors import Forbidden, NotFound, StorageUnavailable
from app.core.settings import settings
from app.domain.permissions import Scope
from app.services import browser_sessions, own_sessions
from app.services.unit_of_work import unit_of_work
from models import AuthSession, Client
from tests.integration.api.site import on_sqlite
from tests.integration.world import change, rows


@pytest.fixture(autouse=True)
def _stopped(set_clock):
    return set_clock


async def begin(world, name="author", agent="Agent", address="192.0.2.8", client=Client.browser):
    """A session begun now; gives its row and its secret."""
    async with unit_of_work() as work:
        user = await work.users.get(world.actor(name).user_id)
        if client is Client.browser:
            secret = await browser_sessions.start(work, user, address, agent)
        else:
            secret = ids.new_secret()
            await work.sessions.add(browser_sessions.new(user, secret, address, agent, client))
    return await row(secret), secret


async def row(secret) -> AuthSession:
    async with unit_of_work() as work:
        found = await work.sessions.by_token(ids.digest(secret))
    return found[0]


async def audited(kind):
    return await rows(
        "SELECT action, result, actor_id, object_id FROM audit_event WHERE action = :kind ORDER BY id",
        kind=f"account:session:{kind}",
    )


@pytest.mark.req("AUTH-01", "SESS-01")
async def test_a_session_is_stored_with_where_it_began_and_audited(world, set_clock):
    session, secret = await begin(world, agent="A" * 400, address="1" * 80)
    now, life = set_clock.moment, settings().session_absolute_life
    assert (session.created_at, session.last_seen_at, session.authenticated_at) == (now, now, now)
    assert session.expires_at == now + life
    assert (session.user_id, session.token_digest) == (world.actor("author").user_id, ids.digest(secret))
    assert (session.client, session.user_agent, session.address) == (Client.browser, "A" * 300, "1" * 64)
    assert session.ended_at is None
    assert len(secret) == 43
    assert ("account:session:started", "ok", session.user_id, session.id) in await audited("started")
    program, _ = await begin(world, client=Client.api)
    assert program.client is Client.api


async def test_the_session_is_its_person_by_secret_and_by_id(world):
    session, secret = await begin(world)
    theirs, other = await begin(world, "reader")
    for found in (await browser_sessions.by_token(other), await browser_sessions.by_id(theirs.id)):
        assert (found.user_id, found.session_id) == (theirs.user_id, theirs.id)
    for found in (await browser_sessions.by_token(secret), await browser_sessions.by_id(session.id)):
        assert (found.user_id, found.session_id, found.name) == (session.user_id, session.id, "Author Person")
        assert (found.authenticated_at, found.scopes) == (session.authenticated_at, None)
    assert await browser_sessions.by_token("A" * 43) is None
    assert await browser_sessions.by_id("a" * 32) is None


@on_sqlite
@pytest.mark.parametrize("secret", ["", "A" * 42, "A" * 44, "é" * 43])
async def test_what_has_not_the_shape_of_a_secret_is_not_looked_up(world, monkeypatch, secret):
    monkeypatch.setattr(answers, "ask", None)
    assert await browser_sessions.by_token(secret) is None


@on_sqlite
@pytest.mark.parametrize("session_id", ["", "a" * 31, "a" * 33, "a" * 31 + "-"])
async def test_what_has_not_the_shape_of_an_id_is_not_looked_up(world, monkeypatch, session_id):
    monkeypatch.setattr(answers, "ask", None)
    assert await browser_sessions.by_id(session_id) is None


async def known(session, secret):
    """By secret and by id, kept and asked for anew."""
    found = [await browser_sessions.by_token(secret), await browser_sessions.by_id(session.id)]
    await answers.close()
    found += [await browser_sessions.by_token(secret), await browser_sessions.by_id(session.id)]
    return {one is not None for one in found}


@pytest.mark.req("SESS-09")
async def test_a_session_ends_at_the_last_moment_of_being_idle(world, set_clock, monkeypatch):
    session, secret = await begin(world)
    assert await known(session, secret) == {True}
    monkeypatch.setattr(browser_sessions, "SEEN_EVERY", timedelta(days=400))
    set_clock.advance(hours=12, seconds=-1)
    assert await known(session, secret) == {True}
    set_clock.advance(seconds=1)
    assert await known(session, secret) == {False}


@pytest.mark.req("SESS-09")
async def test_a_session_ends_at_the_last_moment_of_its_life(world, set_clock, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_SESSION_IDLE_HOURS", "720")
    monkeypatch.setenv("PLUMBLINE_SESSION_ABSOLUTE_DAYS", "1")
    settings.cache_clear()
    session, secret = await begin(world)
    set_clock.advance(days=1, seconds=-1)
    assert await known(session, secret) == {True}
    set_clock.advance(seconds=1)
    assert await known(session, secret) == {False}


@pytest.mark.req("SESS-06")
@pytest.mark.parametrize(
    "barred",
    [
        "auth_session SET ended_at = created_at",
        '"user" SET disabled_at = created_at',
        '"user" SET can_sign_in = false',
    ],
)
async def test_a_session_ends_with_what_it_stands_for(world, barred):
    session, secret = await begin(world)
    assert await known(session, secret) == {True}
    await change(f"UPDATE {barred}")
    assert await known(session, secret) == {False}


async def test_use_is_noted_after_a_whole_minute(world, set_clock):
    session, secret = await begin(world)
    for seconds, noted in ((59.999, False), (0.001, True), (59, False), (1, True)):
        set_clock.advance(seconds=seconds)
        before = (await row(secret)).last_seen_at
        await answers.close()
        assert await browser_sessions.by_token(secret)
        assert ((await row(secret)).last_seen_at != before) is noted
        assert not noted or (await row(secret)).last_seen_at == set_clock.moment
    set_clock.advance(minutes=1)
    await answers.close()
    assert await browser_sessions.by_id(session.id)
    assert (await row(secret)).last_seen_at == set_clock.moment


@pytest.mark.req("SESS-09")
async def test_what_is_kept_of_a_session_knows_when_it_was_seen(world, set_clock, monkeypatch):
    """From the moment at which its use was noted, not from the one that was noted before."""
    monkeypatch.setenv("PLUMBLINE_SESSION_IDLE_HOURS", "1")
    settings.cache_clear()
    _, secret = await begin(world)
    set_clock.advance(minutes=59)
    assert await browser_sessions.by_token(secret)
    set_clock.moment += timedelta(seconds=2)
    assert await browser_sessions.by_token(secret)
    found = await browser_sessions._found_by_token(ids.digest(secret))
    assert found.seen_at == set_clock.moment - timedelta(seconds=2)
    set_clock.advance(minutes=2)
    found = await browser_sessions._found_by_token(ids.digest(secret))
    assert found.seen_at == set_clock.moment


@on_sqlite
async def test_people_read_on_when_their_use_cannot_be_noted(world, set_clock, monkeypatch):
    session, secret = await begin(world)
    set_clock.advance(minutes=2)

    def full():
        raise StorageUnavailable("The disk is full.")

    monkeypatch.setattr(browser_sessions, "unit_of_work", full)
    with capture_logs() as lines:
        assert await browser_sessions.by_token(secret) is not None
    assert lines == [{"event": "session.not_touched", "reason": "The disk is full.", "log_level": "warning"}]
    assert (await row(secret)).last_seen_at == session.last_seen_at


@pytest.mark.req("SESS-03", "SESS-04")
async def test_signing_out_ends_this_session_and_is_audited_once(world, set_clock):
    session, secret = await begin(world)
    _, other = await begin(world)
    actor = await browser_sessions.by_token(secret)
    set_clock.advance(seconds=1)
    for _ in range(2):
        await browser_sessions.end(actor)
    assert (await row(secret)).ended_at == set_clock.moment
    assert await browser_sessions.by_token(other) is not None
    assert await audited("ended") == [("account:session:ended", "ok", session.user_id, session.id)]


async def sessions_of(world, set_clock):
    """Three of the author's: the one that asks, a program's, and one that is idle."""
    await change("UPDATE auth_session SET ended_at = created_at")
    idle, _ = await begin(world, agent="Idle")
    set_clock.advance(hours=11)
    program, _ = await begin(world, agent="curl/8", address="192.0.2.9", client=Client.api)
    set_clock.advance(hours=1)
    asking, secret = await begin(world, agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
    return await browser_sessions.by_token(secret), asking, program, idle


@pytest.mark.req("SESS-10")
async def test_people_see_their_live_sessions_last_used_first(world, set_clock):
    actor, asking, program, idle = await sessions_of(world, set_clock)
    one, two = await own_sessions.mine(actor)
    assert (one.id, one.is_current, one.client, one.address) == (asking.id, True, "browser", "192.0.2.8")
    assert (two.id, two.is_current, two.client, two.address) == (program.id, False, "api", "192.0.2.9")
    for shown, stored in ((one, asking), (two, program)):
        assert (shown.created_at, shown.last_seen_at, shown.expires_at, shown.user_agent) == (
            stored.created_at, stored.last_seen_at, stored.expires_at, stored.user_agent,
        )  # fmt: skip
    assert "Firefox" in one.device
    assert "Firefox" not in two.device
    set_clock.advance(seconds=-1)
    assert {shown.id for shown in await own_sessions.mine(actor)} == {asking.id, program.id, idle.id}


@pytest.mark.req("SESS-10")
async def test_people_end_one_of_theirs_and_nobody_elses(world, set_clock):
    actor, asking, program, _ = await sessions_of(world, set_clock)
    theirs, secret = await begin(world, "reader")
    with pytest.raises(NotFound, match="no such session"):
        await own_sessions.end(actor, theirs.id)
    assert await browser_sessions.by_token(secret) is not None
    set_clock.advance(seconds=1)
    await own_sessions.end(actor, program.id)
    with pytest.raises(NotFound):
        await own_sessions.end(actor, program.id)
    assert await rows("SELECT id FROM auth_session WHERE ended_at > created_at") == [(program.id,)]
    assert await audited("ended") == [("account:session:ended", "ok", actor.user_id, program.id)]
    assert await browser_sessions.by_id(asking.id) is not None


@pytest.mark.req("SESS-10")
async def test_people_end_all_but_the_one_that_asks(world, set_clock):
    actor, asking, program, idle = await sessions_of(world, set_clock)
    _, secret = await begin(world, "reader")
    set_clock.advance(seconds=1)
    assert await own_sessions.end_others(actor) == 2
    ended = await rows("SELECT id FROM auth_session WHERE ended_at > created_at ORDER BY id")
    assert ended == sorted([(program.id,), (idle.id,)])
    assert sorted(await audited("ended")) == sorted(
        ("account:session:ended", "ok", actor.user_id, one.id) for one in (program, idle)
    )
    assert await browser_sessions.by_id(asking.id) is not None
    assert await browser_sessions.by_token(secret) is not None
    assert await own_sessions.end_others(actor) == 0


@pytest.mark.req("AUTHZ-07")
async def test_a_token_made_for_a_program_has_nothing_to_do_with_sessions(world):
    program = world.actor("author").model_copy(update={"scopes": frozenset(Scope)})
    for call in (
        own_sessions.mine(program),
        own_sessions.end(program, program.session_id),
        own_sessions.end_others(program),
    ):
        with pytest.raises(Forbidden):
            await call
