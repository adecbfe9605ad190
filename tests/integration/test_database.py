"""The promises of the engines: durability settings on every connection, refusals, faults that become sentences."""

import asyncio
import time

import pytest
from sqlalchemy import text

from app.core import db, settings
from app.core.errors import StorageUnavailable
from app.services.unit_of_work import reading, unit_of_work
from models import User
from tests.backing.faults import Fault, Wire
from tests.backing.postgres import Postgres, free_port
from tests.integration.world import change, rows


@pytest.mark.req("DUR-05")
async def test_every_pooled_sqlite_connection_is_durable(tmp_path):
    made = db.make_engine(settings.Settings(data_dir=tmp_path))
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    connections = [await made.connect() for _ in range(8)]
    for connection in connections:
        found = {name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one() for name in expected}
        assert found == expected
    for connection in connections:
        await connection.close()
    await made.dispose()


@pytest.mark.req("DUR-05")
@pytest.mark.parametrize("option", ["fsync=off", "synchronous_commit=off", "full_page_writes=off"])
async def test_a_postgresql_that_may_lose_commits_is_refused(option):
    with Postgres(option) as server:
        made = db.make_engine(settings.Settings(database_url=server.address()))
        with pytest.raises(db.UnsafeDatabase, match=option.split("=")[0]):
            async with made.connect():
                pass
        await made.dispose()


@pytest.mark.req("DEP-01")
async def test_a_refused_connection_is_storage_unavailable(monkeypatch):
    monkeypatch.setenv("PLUMBLINE_DATABASE_URL", f"postgresql://somebody@127.0.0.1:{free_port()}/none")
    settings.settings.cache_clear()
    try:
        with pytest.raises(StorageUnavailable) as refused:
            async with reading():
                pass
        assert refused.value.status == 503
        with pytest.raises(StorageUnavailable):
            await db.check()
    finally:
        await db.dispose()


@pytest.mark.req("DEP-01")
@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_a_database_that_falls_silent_is_answered_within_eight_seconds(database, postgres, monkeypatch):
    """With a connection in the pool and without one; and it comes back by itself."""
    async with Wire(postgres.port) as wire:
        there = f":{postgres.port}/"
        monkeypatch.setenv("PLUMBLINE_DATABASE_URL", database.database_url.replace(there, f":{wire.port}/"))
        settings.settings.cache_clear()
        assert not await anybody()
        await wire.suffer(Fault.silent)
        for _ in range(2):
            begun = time.monotonic()
            with pytest.raises(StorageUnavailable):
                await anybody()
            assert time.monotonic() - begun < 8
        await wire.mend()
        assert not await anybody()
        await db.dispose()


async def anybody() -> bool:
    async with reading() as data:
        return await data.users.any()


async def test_a_writer_takes_the_lock_before_it_reads(database):
    """Two read-then-write transactions at once both succeed, one after the other."""

    async def rename(suffix: str) -> None:
        async with unit_of_work() as work:
            user = await work.users.by_email("a@example.org")
            assert user is not None
            await asyncio.to_thread(lambda: None)
            await work.users.add(User(email=f"{suffix}@example.org", name=f"{user.name}{suffix}"))

    async with unit_of_work() as work:
        await work.users.add(User(email="a@example.org", name="A"))
    await asyncio.gather(*(rename(f"n{at}") for at in range(8)))
    assert await rows('SELECT count(*) FROM "user"') == [(9,)]


async def test_an_error_inside_undoes_all_of_it(database):
    async def fail() -> None:
        async with unit_of_work() as work:
            await work.users.add(User(email="a@example.org", name="A"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await rows('SELECT count(*) FROM "user"') == [(0,)]


async def test_reading_never_waits_for_a_writer(database):
    async with unit_of_work() as work:
        await work.users.add(User(email="a@example.org", name="A"))
        async with asyncio.timeout(2), reading() as data:
            assert await data.users.by_email("a@example.org") is None


async def test_times_come_back_with_their_zone(database):
    async with unit_of_work() as work:
        await work.users.add(User(email="a@example.org", name="A"))
    async with reading() as data:
        user = await data.users.by_email("a@example.org")
    assert user is not None
    assert user.created_at.utcoffset() is not None
    assert user.created_at.utcoffset().total_seconds() == 0


@pytest.mark.req("DUR-04")
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_a_full_disk_refuses_writes_keeps_reads_and_recovers(world):
    number = await world.document()
    await db.dispose()
    pages = (await rows("PRAGMA page_count"))[0][0]

    def limit(connection, _):
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count={pages + 4}")
        cursor.close()

    db.event.listen(db.engine().sync_engine, "connect", limit)
    await db.engine().dispose()
    with pytest.raises(StorageUnavailable):
        await world.save(number, 1, "# Larger\n" + "x" * 200_000)
    assert await rows("SELECT count(*) FROM revision") == [(1,)]
    await db.dispose()
    assert (await world.save(number, 1, "# Larger\n" + "x" * 200_000)).number == 2
    assert await rows("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.req("OPS-02")
@pytest.mark.parametrize("verb", ["UPDATE audit_event SET result = 'ok'", "DELETE FROM audit_event"])
async def test_the_database_refuses_to_change_the_audit(world, verb):
    before = await rows("SELECT id, action, result FROM audit_event ORDER BY id")
    assert before
    with pytest.raises(Exception, match="append-only"):
        await change(verb)
    assert await rows("SELECT id, action, result FROM audit_event ORDER BY id") == before


async def test_the_database_refuses_to_change_a_revision(world):
    await world.document("# As saved\n")
    with pytest.raises(Exception, match="append-only"):
        await change("UPDATE revision SET text = 'other'")
    assert await rows("SELECT text FROM revision") == [("# As saved\n",)]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_writers_come_in_turn_and_take_no_connection_while_they_wait(database):
    """More of them than there are connections, behind one that takes its time: reading goes on, and all get through."""
    order, first, go_on = [], asyncio.Event(), asyncio.Event()

    async def write(number: int) -> None:
        async with unit_of_work() as work:
            order.append(number)
            first.set()
            await go_on.wait()
            await work.users.add(User(email=f"{number}@example.org", name="A"))

    writers = [asyncio.create_task(write(number)) for number in range(40)]
    await first.wait()
    async with asyncio.timeout(2), reading() as data:
        assert not await data.users.any()
    go_on.set()
    await asyncio.gather(*writers)
    assert order == list(range(40))
    assert await rows('SELECT count(*) FROM "user"') == [(40,)]
