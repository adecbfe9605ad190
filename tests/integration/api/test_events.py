"""The guard of interface events over real sessions: what is ended or lowered counts in an open socket at once."""

import asyncio
from types import SimpleNamespace

import pytest
from reflex.event import Event

from app.core import answers, context, db, settings
from app.core.errors import StorageUnavailable, Unauthenticated
from app.gateway import revocation
from app.gateway.context import actor, caller_var
from app.gateway.events import Access, EventGuard
from app.schemas.identity import ChangeProfile
from app.services import accounts, documents, own_sessions, profiles
from tests.integration.world import change

LOAD = "root.page.load"
LEFT = {"left to": "/d/ENG-1"}


@pytest.fixture
def guard():
    before = caller_var.set(None)
    with context.coming_from(context.Origin()):
        yield EventGuard({LOAD: Access.signed_in}, lambda path: {"left to": path})
    caller_var.reset(before)


async def event(guard, session_id):
    """The delta that the guard answers with, or None when the handler may run."""
    router_data = {"headers": {"x-plumbline-session": session_id}, "asPath": "/d/ENG-1", "ip": ""}
    update = await guard.preprocess(None, SimpleNamespace(router_data=router_data), Event(name=LOAD, payload={}))
    return None if update is None else update.delta


@pytest.mark.req("SESS-03", "SESS-06", "AUTHZ-06")
async def test_signing_out_ends_what_its_open_sockets_may_do(world, guard):
    session = world.actor("author").session_id
    assert await event(guard, session) is None
    assert actor() == world.actor("author")
    await accounts.sign_out(world.actor("author"))
    assert await event(guard, session) == LEFT
    assert await event(guard, world.actor("reader").session_id) is None


@pytest.mark.req("SESS-06", "AUTHZ-06")
async def test_a_lowered_role_and_a_disabled_person_count_at_the_next_event(world, guard):
    number = await world.document(by="maintainer")
    person = world.actor("author")
    assert await event(guard, person.session_id) is None
    assert (await documents.view(actor(), number)).can_write
    await change("UPDATE space_member SET role = 'reader' WHERE user_id = :who", who=person.user_id)
    assert await event(guard, person.session_id) is None
    assert not (await documents.view(actor(), number)).can_write
    await change("""UPDATE "user" SET disabled_at = created_at WHERE id = :who""", who=person.user_id)
    assert await event(guard, person.session_id) == LEFT


@pytest.mark.req("AUTHZ-06")
@pytest.mark.parametrize("session", ["0" * 32, "x", "\0" * 32, "' OR 1=1 --", "0" * 33, "é" * 32])
async def test_a_session_that_was_never_begun_runs_nothing(world, guard, session):
    assert await event(guard, session) == LEFT
    assert await event(guard, world.tokens["author"]) == LEFT, "the cookie's secret is no session id"


@pytest.mark.req("SESS-03", "SESS-06")
async def test_a_task_that_outlives_its_event_stops_with_its_session(world, guard):
    assert await event(guard, world.actor("author").session_id) is None
    began, ended, shown = asyncio.Event(), asyncio.Event(), []

    async def background():
        """As Reflex runs one: in the context of the event that the guard let through."""
        shown.append((await revocation.recheck()).name)
        began.set()
        await ended.wait()
        shown.append((await revocation.recheck()).name)

    task = asyncio.create_task(background())
    await began.wait()
    await own_sessions.end(world.actor("author"), world.actor("author").session_id)
    ended.set()
    with pytest.raises(Unauthenticated):
        await task
    assert shown == ["Author Person"]
    with pytest.raises(Unauthenticated):
        actor()


async def test_it_goes_on_as_its_person_is_by_then(world, guard):
    assert await event(guard, world.actor("author").session_id) is None
    await profiles.change(world.actor("author"), ChangeProfile(name="Ann Other"))
    assert (await revocation.recheck()).name == actor().name == "Ann Other"


@pytest.mark.req("DEP-01", "SESS-06")
async def test_without_the_database_no_event_runs(world, guard, monkeypatch):
    session = world.actor("author").session_id
    assert await event(guard, session) is None
    await db.dispose()
    await answers.close()
    monkeypatch.setenv("PLUMBLINE_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    settings.settings.cache_clear()
    with pytest.raises(StorageUnavailable):
        await event(guard, session)
