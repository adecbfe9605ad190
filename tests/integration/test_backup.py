"""A backup made while others write is one moment's state: restored, every document is whole and none lacks."""

import asyncio
import shutil
import stat
import subprocess

import pytest

from app.commands import backup as command
from app.core import answers, backup, db, ids, settings
from app.core.errors import Conflict, Invalid
from app.services import doctor, documents
from tests.backing.postgres import INSTALLATION, Postgres
from tests.integration.conftest import execute


async def write_on(world, saved: list[str], enough: asyncio.Event, over: asyncio.Event) -> None:
    while not over.is_set():
        number = await world.document(f"# Text {ids.new_id()}\n\n{'word ' * 5000}\n")
        await world.save(number, 1, "# The second\n")
        saved.append(number)
        if len(saved) == 5:
            enough.set()


def take(current: settings.Settings, to) -> None:
    """As docs/operations.md says."""
    if current.is_sqlite:
        backup.copy(current, to)
    else:
        pg("pg_dump", "--format=custom", f"--file={to}", current.database_url)


def pg(program: str, *arguments: str) -> None:
    done = subprocess.run([INSTALLATION / "bin" / program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


async def restore(copy, backend, tmp_path, monkeypatch) -> None:
    """Into another place, which the settings then point at."""
    await db.dispose()
    await answers.close()
    if isinstance(backend, Postgres):
        await execute(backend, "CREATE DATABASE restored")
        pg("pg_restore", "--dbname", backend.address("restored"), str(copy))
        monkeypatch.setenv("PLUMBLINE_DATABASE_URL", backend.address("restored"))
    else:
        (tmp_path / "elsewhere").mkdir()
        shutil.copy(copy, tmp_path / "elsewhere" / "plumbline.db")
        monkeypatch.setenv("PLUMBLINE_DATA_DIR", str(tmp_path / "elsewhere"))
    settings.settings.cache_clear()


@pytest.mark.req("DUR-08")
async def test_a_backup_made_while_others_write_is_whole(world, backend, database, tmp_path, monkeypatch):
    saved: list[str] = []
    enough, over = asyncio.Event(), asyncio.Event()
    writers = [asyncio.create_task(write_on(world, saved, enough, over)) for _ in range(3)]
    await enough.wait()
    before = list(saved)
    copy = tmp_path / "copy"
    await asyncio.to_thread(take, database, copy)
    over.set()
    await asyncio.gather(*writers)
    await restore(copy, backend, tmp_path, monkeypatch)
    assert await doctor.examine() == []
    for number in before:
        assert await documents.text(world.actor("reader"), number) == "# The second\n"
    assert await world.document("# Goes on\n")
    await db.dispose()
    if isinstance(backend, Postgres):
        await execute(backend, "DROP DATABASE restored WITH (FORCE)")


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_it_writes_over_nothing_and_is_for_its_owner_only(world, database, tmp_path):
    assert backup.copy(database, tmp_path / "one.db") == (tmp_path / "one.db").stat().st_size
    assert stat.S_IMODE((tmp_path / "one.db").stat().st_mode) == 0o600
    with pytest.raises(Conflict):
        backup.copy(database, tmp_path / "one.db")
    with pytest.raises(Invalid):
        backup.copy(database, tmp_path / "no" / "one.db")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "one.db"]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_the_command_says_what_it_made_and_what_else_to_keep(database, tmp_path, capsys):
    assert command.run(tmp_path / "one.db") == 0
    told = capsys.readouterr().out
    assert f"bytes in {tmp_path / 'one.db'}" in told
    assert f"Keep {database.data_dir / 'secret.key'}" in told
    assert command.run(tmp_path / "one.db") == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_postgresql_is_told_of_pg_dump(database, tmp_path):
    with pytest.raises(Invalid, match="pg_dump"):
        backup.copy(database, tmp_path / "one.db")
