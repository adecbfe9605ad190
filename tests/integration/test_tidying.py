"""What nobody needs any more goes, once a day; what is still good stays."""

from datetime import timedelta

from app.core import clock
from app.schemas.members import MakeGroup
from app.schemas.people import FindPeople
from app.services import accounts, api_sessions, browser_sessions, groups, once, outbox, people, tidying
from app.services.unit_of_work import unit_of_work
from tests.integration.mailbox import mails
from tests.integration.world import rows

LONG = timedelta(days=91)


def pass_time(monkeypatch, delta):
    moment = clock.now() + delta
    monkeypatch.setattr(clock, "now", lambda: moment)


async def sign_in(world, name):
    async with unit_of_work() as work:
        user = await work.users.get(world.actor(name).user_id)
        return await browser_sessions.start(work, user, "127.0.0.1", "test")


async def test_sessions_that_are_over_go_with_their_tokens_and_others_stay(world, monkeypatch):
    token = await sign_in(world, "author")
    await accounts.sign_out(await accounts.identify(token))
    pass_time(monkeypatch, LONG)
    kept = await sign_in(world, "author")
    await tidying.tidy()
    assert await rows("SELECT count(*) FROM auth_session WHERE ended_at IS NOT NULL") == [(0,)]
    assert await accounts.identify(kept) is not None


async def test_a_programs_session_goes_with_its_refresh_tokens(world, monkeypatch):
    async with unit_of_work() as work:
        user = await work.users.get(world.actor("author").user_id)
        pair = await api_sessions.start(work, user, "127.0.0.1", "test")
    await api_sessions.refresh(pair.refresh_token)
    assert await rows("SELECT count(*) FROM refresh_token") == [(2,)]
    pass_time(monkeypatch, timedelta(days=30) + LONG)
    await sign_in(world, "author")
    await tidying.tidy()
    assert await rows("SELECT count(*) FROM refresh_token") == [(0,)]


async def test_when_somebody_was_seen_last_is_known_for_good(world, monkeypatch):
    """Whoever looks for accounts that nobody uses sees since when, and not that they never were."""
    for moment in (timedelta(0), timedelta(days=1)):
        pass_time(monkeypatch, moment)
        token = await sign_in(world, "author")
        await accounts.sign_out(await accounts.identify(token))
    seen = clock.now()
    pass_time(monkeypatch, LONG)
    await tidying.tidy()
    (found,) = (await people.find(world.actor("admin"), FindPeople(who="author"))).items
    assert found.last_seen_at == seen
    ended = await rows("SELECT address, user_agent FROM auth_session WHERE ended_at IS NOT NULL")
    assert ended == [("", "")], "one of the two, and not from where"


async def test_done_work_goes_and_what_is_due_or_dead_stays(database, monkeypatch):
    async with unit_of_work() as work:
        for kind in ("done", "dead", "due"):
            await work.enqueue(kind, {})
    for job in await outbox.claim(timedelta(minutes=1), 2):
        await (outbox.done(job) if job.kind == "done" else outbox.failed(job, "broken", final=True))
    pass_time(monkeypatch, LONG)
    monkeypatch.setattr(tidying, "AT_ONCE", 1)
    await tidying.tidy()
    assert await rows("SELECT kind FROM outbox ORDER BY kind") == [("dead",), ("due",)]


async def test_what_was_answered_under_a_key_goes_after_its_day_whoever_asked(world, monkeypatch):
    """It may name people, who would stay in it when they are erased."""
    owner, older, newer = world.actor("owner"), MakeGroup(name="Older"), MakeGroup(name="Newer")
    await groups.make(owner, older, "first")
    pass_time(monkeypatch, once.KEPT)
    await groups.make(world.actor("admin"), newer, "second")
    pass_time(monkeypatch, timedelta(seconds=1))
    await tidying.tidy()
    assert await rows("SELECT key FROM idempotency_key") == [("second",)]


async def test_it_is_asked_for_once_a_day_whoever_asks(database, monkeypatch):
    one, other = tidying.Daily(), tidying.Daily()
    for daily in (one, other, one):
        await daily.ask()
    assert await rows("SELECT kind FROM outbox") == [("tidy",)]
    pass_time(monkeypatch, timedelta(days=1))
    await one.ask()
    assert await rows("SELECT count(*) FROM outbox") == [(2,)]
    await mails()
    assert await rows("SELECT count(*) FROM outbox WHERE done_at IS NULL") == [(0,)]
