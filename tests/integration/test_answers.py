"""Kept answers: nobody gets one older than what was written, in whichever process; and without Redis the truth."""

import asyncio
import json
import os
import re
import sys
import time
from contextlib import asynccontextmanager

import pytest
from pydantic import TypeAdapter
from sqlalchemy import event, text
from structlog.testing import capture_logs

from app.core import answers, clock, db, ids, redis, settings
from app.domain.permissions import Scope
from app.schemas.identity import MakePersonalToken
from app.services import accounts, personal_tokens, shell
from app.services.unit_of_work import unit_of_work
from models import User
from models.types import Table
from tests.backing.valkey import Valkey
from tests.integration.world import rows

OTHER = """
import asyncio, json, sys
import app.subscribers
from app.core import answers, bus
from app.domain.permissions import Scope
from app.schemas.identity import MakePersonalToken
from app.services import accounts, personal_tokens, shell

bus.install(app.subscribers)

async def serve():
    for line in iter(sys.stdin.readline, ""):
        what, token = json.loads(line)
        actor = await accounts.identify(token)
        if what == "end":
            await accounts.sign_out(actor)
        documents = (await shell.nav(actor)).documents if actor and what == "ask" else None
        print(json.dumps([actor is not None and actor.name, documents]), flush=True)

asyncio.run(serve())
"""
on_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
"""Only there can be several workers."""
KEPT = "plumbline:answer:session-by-token:"


@pytest.fixture(scope="module")
def one_valkey():
    with Valkey() as server:
        yield server


@pytest.fixture
def valkey(one_valkey):
    with one_valkey.client() as client:
        client.flushall()
    return one_valkey


@pytest.fixture
async def shared(database, valkey, monkeypatch):
    """This process keeps its answers in Redis, and so will those that it starts."""
    monkeypatch.setenv("PLUMBLINE_REDIS_URL", valkey.url)
    monkeypatch.setenv("PLUMBLINE_DATABASE_URL", database.database)
    monkeypatch.setenv("PLUMBLINE_SECRET_KEY", "f1" * 40)
    settings.settings.cache_clear()
    await answers.close()
    yield valkey
    await answers.close()
    redis.forget()


@asynccontextmanager
async def another_worker():
    """`await ask(what, token)` in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OTHER, env=os.environ, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )

    async def ask(what, token):
        process.stdin.write(json.dumps([what, token]).encode() + b"\n")
        async with asyncio.timeout(20):
            return json.loads(await process.stdout.readline())

    yield ask
    process.stdin.close()
    async with asyncio.timeout(20):
        await process.wait()


async def asked(token):
    actor = await accounts.identify(token)
    return [actor is not None and actor.name, (await shell.nav(actor)).documents if actor else None]


async def rename(email, name):
    async with unit_of_work() as work:
        user = await work.users.by_email(email)
        user.name = name


@on_postgresql
@pytest.mark.req("SESS-03", "SESS-06")
async def test_two_workers_never_answer_with_what_was_before_a_write(shared, world):
    token = world.tokens["author"]
    async with another_worker() as other:
        assert await other("ask", token) == await asked(token) == ["Author Person", 0]
        for number in range(1, 9):
            await world.document(f"# Document {number}\n")
            await rename("author@example.org", f"Name {number}")
            assert await other("ask", token) == [f"Name {number}", number]
            assert await asked(token) == [f"Name {number}", number]
        assert await other("end", token)
        assert await asked(token) == [False, None]
        assert await accounts.identify_session(world.actor("author").session_id) is None
        assert await other("ask", token) == [False, None]
        assert await asked(world.tokens["reader"]) == ["Reader Person", 8]


async def test_what_is_kept_is_asked_for_once(shared, world, monkeypatch):
    token = world.tokens["author"]
    before = await asked(token)
    monkeypatch.setenv("PLUMBLINE_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    await db.dispose()
    assert await asked(token) == before


@pytest.mark.req("SESS-03", "DEP-01")
async def test_what_somebody_plants_in_redis_lets_nobody_in(shared, world):
    with shared.client() as client:
        one, another = (f"{KEPT}{ids.digest(world.tokens[name])}" for name in ("author", "owner"))
        for name in ("author", "owner"):
            assert await accounts.identify(world.tokens[name])
        of_one, of_another = client.get(one), client.get(another)
        client.set(one, of_another)
        client.set(another, of_one[:-2] + b'"}')
        client.set(f"{KEPT}{ids.digest('x' * 43)}", of_one)
        assert await accounts.identify("x" * 43) is None
        for name in ("author", "owner"):
            assert (await asked(world.tokens[name]))[0] == f"{name.title()} Person"
        for value in (b"", b"1", b"{}", b"x" * 1000):
            client.set(one, value)
            assert (await asked(world.tokens["author"]))[0] == "Author Person"
        assert not [key for key in client.keys("*") if world.tokens["author"].encode() in key]


async def test_lost_versions_are_never_those_of_before(shared, world):
    token = world.tokens["author"]
    with shared.client() as client:
        for number in range(4):
            await asked(token)
            client.delete(*client.keys("plumbline:version:*"))
            await rename("author@example.org", f"Name {number}")
            assert (await asked(token))[0] == f"Name {number}"
        client.flushall()
        assert (await asked(token))[0] == "Name 3"


@on_postgresql
@pytest.mark.req("DEP-01", "SESS-03")
async def test_with_redis_away_the_database_is_asked_and_a_change_outlasts_what_was_kept(shared, world, monkeypatch):
    """Whoever still reaches Redis has nothing older than the change once the change is answered."""
    monkeypatch.setenv("PLUMBLINE_ANSWER_CACHE_SECONDS", "1.5")
    settings.settings.cache_clear()
    token = world.tokens["author"]
    async with another_worker() as other:
        assert await other("ask", token) == ["Author Person", 0]
        with capture_logs() as lines, monkeypatch.context() as patch:
            patch.setenv("PLUMBLINE_REDIS_URL", "redis://127.0.0.1:9/0")
            settings.settings.cache_clear()
            await answers.close()
            assert await asked(token) == ["Author Person", 0]
            begun = time.monotonic()
            await accounts.sign_out(await accounts.identify(token))
            assert 1.5 < time.monotonic() - begun < 8
            assert await other("ask", token) == [False, None]
        assert {line["event"] for line in lines} == {"redis.away"}


@pytest.mark.parametrize("redis_url", ["", "valkey"])
async def test_every_way_to_change_a_row_counts(database, valkey, monkeypatch, redis_url):
    monkeypatch.setenv("PLUMBLINE_REDIS_URL", valkey.url if redis_url else "")
    settings.settings.cache_clear()
    await answers.close()
    asked_for = answers.Question("people", ("user", "user+"), TypeAdapter(list[str]))

    async def find():
        return [name for (name,) in await rows('SELECT name FROM "user" ORDER BY id')]

    async def people():
        await answers.ask(asked_for, "all", find)
        return await answers.ask(asked_for, "all", find)

    assert await people() == []
    async with unit_of_work() as work:
        await work.users.add(User(email="a@example.org", name="A", password_hash="old"))
    assert await people() == ["A"]
    await rename("a@example.org", "B")
    assert await people() == ["B"]
    async with unit_of_work() as work:
        user = await work.users.by_email("a@example.org")
        await work.users.set_password_hash(user.id, "old", "new")
        await work.users._session.execute(text('UPDATE "user" SET name = :name'), {"name": "C"})
    assert await people() == ["C"]
    async with unit_of_work() as work:
        await work.users._session.delete(await work.users.by_email("a@example.org"))
    assert await people() == []
    await answers.close()


async def test_what_was_undone_or_only_noted_changes_no_version(world):
    token = world.tokens["author"]
    await asked(token)
    before = dict(answers._store()._versions)
    with pytest.raises(ZeroDivisionError):
        await undone()
    async with unit_of_work() as work:
        await work.sessions.touch(world.actor("author").session_id, clock.now())
    assert answers._store()._versions == before


async def undone():
    async with unit_of_work() as work:
        await work.users.add(User(email="a@example.org", name="A"))
        raise ZeroDivisionError


async def test_a_change_is_told_even_when_its_caller_goes_away(world, monkeypatch):
    begun, told, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    renew = answers._Memory.renew

    async def slow(self, tables):
        begun.set()
        await go_on.wait()
        await renew(self, tables)
        told.set()

    monkeypatch.setattr(answers._Memory, "renew", slow)
    token = world.tokens["author"]
    await asked(token)
    task = asyncio.create_task(rename("author@example.org", "New"))
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    go_on.set()
    await told.wait()
    assert (await asked(token))[0] == "New"


async def test_none_are_kept_when_the_setting_says_so(world, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_ANSWER_CACHE_SECONDS", "0")
    settings.settings.cache_clear()
    await answers.close()
    token = world.tokens["author"]
    assert await asked(token)
    assert answers._store.cache_info().currsize == 0


async def test_what_an_answer_is_made_from_are_all_tables_that_it_reads(world, monkeypatch):
    """Whoever makes a query read another table has to say so, or its answer would stay as it was."""
    read = {}
    plainly = answers.ask

    async def watched(question, key, find):
        statements = read.setdefault(question.name, (question, []))[1]

        def note(_connection, _cursor, statement, *_):
            statements.append(statement)

        engines = {db.engine().sync_engine, db.engine(brief=True).sync_engine}
        for engine in engines:
            event.listen(engine, "before_cursor_execute", note)
        try:
            return await plainly(question, key, find)
        finally:
            for engine in engines:
                event.remove(engine, "before_cursor_execute", note)

    monkeypatch.setattr(answers, "ask", watched)
    await answers.close()
    author = world.actor("author")
    made = await personal_tokens.make(author, MakePersonalToken(name="x", scopes={Scope("documents:read")}))
    await accounts.identify(world.tokens["author"])
    await accounts.identify_session(author.session_id)
    await accounts.identify_bearer(made.secret)
    await shell.nav(author)
    assert set(read) >= {"session-by-token", "session-by-id", "personal-token", "nav"}
    for question, statements in read.values():
        tables = {name for one in statements for name in re.findall(r'(?:FROM|JOIN|,)\s+"?([a-z_]+)', one)}
        known = {name for name in tables if name in Table.metadata.tables}
        assert known, question.name
        assert known - {name.rstrip("+") for name in question.made_from} == set(), question.name
