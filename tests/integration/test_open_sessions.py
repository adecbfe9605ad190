"""Everybody's sessions, for those who run the site."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import Forbidden, NotFound
from app.core.settings import settings
from app.schemas.sessions import FindSessions, SessionKind
from app.services import accounts, sessions
from tests.integration.world import change, rows


async def found(world, **asked):
    return (await sessions.find(world.actor("admin"), FindSessions(**asked))).items


async def test_those_that_are_alive_are_listed_with_their_people(world):
    everybody = await found(world, limit=100)
    assert {session.email.partition("@")[0] for session in everybody} == set(world.actors)
    assert [session.name for session in everybody if session.is_current] == ["Admin Person"]
    await accounts.sign_out(world.actor("author"))
    await change("UPDATE \"user\" SET disabled_at = created_at WHERE email = 'reader@example.org'")
    left = {session.name for session in await found(world, limit=100)}
    assert {one.name for one in everybody} - left == {"Author Person", "Reader Person"}


async def test_idle_and_outlived_ones_are_not_open(world, monkeypatch):
    now = clock.now()
    await change("UPDATE auth_session SET last_seen_at = created_at")
    monkeypatch.setattr(clock, "now", lambda: now + settings().session_idle_life + timedelta(minutes=1))
    assert await found(world) == ()


async def test_filters_orders_and_pages(world):
    assert [one.name for one in await found(world, who="maint")] == ["Maintainer Person"]
    assert await found(world, who="_") == ()
    assert len(await found(world, client=SessionKind.browser)) == len(world.actors)
    assert await found(world, client=SessionKind.api) == ()
    for sort in ("seen", "-seen", "since", "-since"):
        seen, cursor = [], ""
        while True:
            page = await sessions.find(world.actor("admin"), FindSessions(limit=2, after=cursor, sort=sort))
            seen += [one.id for one in page.items]
            if not (cursor := page.next_cursor):
                break
        assert len(seen) == len(set(seen)) == page.total == len(world.actors)


@pytest.mark.req("SESS-10", "OPS-02")
async def test_an_ended_session_is_over_at_once_and_that_is_audited(world):
    admin, theirs = world.actor("admin"), world.actor("author")
    await sessions.close(admin, theirs.session_id)
    assert await accounts.identify(world.tokens["author"]) is None
    assert await accounts.identify_session(theirs.session_id) is None
    told = await rows("SELECT actor_id, object_id FROM audit_event WHERE action = 'admin:session:closed'")
    assert told == [(admin.user_id, theirs.session_id)]
    for asked in (theirs.session_id, "0" * 32, "x"):
        with pytest.raises(NotFound):
            await sessions.close(admin, asked)


@pytest.mark.req("AUTHZ-02", "IDOR-02")
async def test_others_neither_see_nor_end_them(world):
    for who in ("maintainer", "reader", "outsider"):
        with pytest.raises(Forbidden):
            await sessions.find(world.actor(who), FindSessions())
        for asked in (world.actor("owner").session_id, "0" * 32):
            with pytest.raises(Forbidden):
                await sessions.close(world.actor(who), asked)
    assert await accounts.identify(world.tokens["owner"]) is not None
