"""Migrations: one head, models and migrations agree, and up, down and up again on filled data is the same schema."""

import asyncio
import os
import sys

import pytest

from app.core import db, migrate
from app.services import doctor
from tests.integration.schema import dump
from tests.integration.world import World, rows

TABLES = {
    "audit_event", "auth_session", "document", "document_alias", "import_batch", "import_item", "outbox", "revision",
    "setup_token", "space", "space_member", "user",
}  # fmt: skip


def test_there_is_one_newest_migration():
    assert len(migrate.heads()) == 1


@pytest.mark.req("OPS-01")
async def test_up_down_and_up_again_on_filled_data(database):
    world = await World.make()
    number = await world.document("# Filled\n")
    await world.save(number, 1, "# Filled again\n")
    first = await dump(sqlite=database.is_sqlite)
    assert {row[1] for row in first} >= TABLES
    await db.dispose()

    await migrate.downgrade(database)
    assert {row[1] for row in await dump(sqlite=database.is_sqlite)} <= {"alembic_version", ""}
    assert await migrate.current(database) is None
    await db.dispose()

    await migrate.upgrade(database)
    assert [await migrate.current(database)] == migrate.heads()
    assert await dump(sqlite=database.is_sqlite) == first
    again = await World.make()
    assert await again.save(await again.document("# Filled\n"), 1, "# Filled again\n")


@pytest.mark.req("OPS-01")
async def test_an_upgrade_of_an_up_to_date_database_changes_nothing(world, database):
    await world.document("# Kept\n")
    before = await dump(sqlite=database.is_sqlite), await rows("SELECT * FROM revision")
    await migrate.upgrade(database)
    assert (await dump(sqlite=database.is_sqlite), await rows("SELECT * FROM revision")) == before
    assert await doctor.examine() == []


@pytest.mark.req("OPS-01")
async def test_models_and_migrations_agree(database):
    assert await migrate.differences(database) == []


@pytest.mark.req("OPS-01")
async def test_several_starts_at_once_migrate_once(database):
    """Three processes at an empty database: one migrates, the others wait and find it done."""
    await migrate.downgrade(database)
    await db.dispose()
    code = "import asyncio; from app.core import migrate, settings; asyncio.run(migrate.upgrade(settings.settings()))"
    environment = os.environ | {"PLUMBLINE_DATABASE_URL": database.database}
    started = [await asyncio.create_subprocess_exec(sys.executable, "-c", code, env=environment) for _ in range(3)]
    assert [await process.wait() for process in started] == [0, 0, 0]
    assert [await migrate.current(database)] == migrate.heads()
    assert {row[1] for row in await dump(sqlite=database.is_sqlite)} >= TABLES
