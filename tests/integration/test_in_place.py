"""Reads that SQLite answers in place: the same rows as through a thread, nothing written, nothing waited for."""

import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core import db
from app.core.errors import StorageUnavailable
from app.services.unit_of_work import reading
from tests.integration.api.site import on_sqlite


async def title(brief: bool) -> list[str]:
    async with reading(brief=brief) as data:
        return [row[0] for row in await data.documents._session.execute(text("SELECT title FROM document"))]


async def test_a_brief_read_sees_what_was_committed_and_no_more(world, database):
    await world.document("# One\n")
    assert await title(brief=True) == await title(brief=False) == ["One"]
    async with db.engine(write=True).connect() as writer:
        await writer.execute(text("UPDATE document SET title = 'Two'"))
        assert await title(brief=True) == ["One"]
        await writer.commit()
    assert await title(brief=True) == ["Two"]


@on_sqlite
async def test_a_brief_read_writes_nothing(world, database):
    await world.document("# One\n")
    with pytest.raises((SQLAlchemyError, StorageUnavailable)):
        async with reading(brief=True) as data:
            await data.documents._session.execute(text("UPDATE document SET title = 'Two'"))
    assert await title(brief=False) == ["One"]


@on_sqlite
async def test_connections_are_given_back_and_closed(world, database):
    async with reading(brief=True) as data:
        await data.documents._session.execute(text("SELECT 1"))
        assert db.in_use() == 1
    assert db.in_use() == 0
    held = db.engine(brief=True)
    await db.dispose()
    assert db.engine(brief=True) is not held


@on_sqlite
async def test_a_database_that_is_locked_is_unavailable_and_not_waited_for(world, database):
    await db.dispose()
    with sqlite3.connect(database.data_dir / "plumbline.db") as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageUnavailable):
            await title(brief=True)
    other.close()
