"""Databases for the integration level: every test runs on SQLite and on a real PostgreSQL, each on a fresh copy of a
migrated template; and people in a small world of two spaces.
"""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import event

import app.subscribers
from app.core import answers, bus, clock, db, ids, migrate, rates, settings
from app.schemas.identity import Actor
from app.schemas.imports import ImportFile, ImportTexts
from app.services import imports, rendering, spaces
from app.services.events import Action
from app.services.unit_of_work import unit_of_work
from models import AuditEvent
from tests.backing.postgres import Postgres
from tests.integration.world import GROUP, OTHERS, World, change

TEMPLATE = "plumbline_template"


@pytest.fixture(scope="session", autouse=True)
def _subscribers() -> Iterator[None]:
    bus.install(app.subscribers)
    yield
    rendering.close()


@pytest.fixture(scope="session")
async def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """`make prove` runs these tests thousands of times and brings one along."""
    if made := os.environ.get("PLUMBLINE_TEST_TEMPLATE"):
        return made
    folder = tmp_path_factory.mktemp("template")
    await migrate.upgrade(settings.Settings(data_dir=folder, _env_file=None))
    return str(folder / "plumbline.db")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
async def postgres_template(postgres: Postgres) -> Postgres:
    await execute(postgres, f"CREATE DATABASE {TEMPLATE}")
    await migrate.upgrade(settings.Settings(database_url=postgres.address(TEMPLATE), _env_file=None))
    return postgres


@pytest.fixture(autouse=True)
def _audited(request: pytest.FixtureRequest) -> Iterator[None]:
    """Which actions left a row in this test, for the report of the whole run."""
    seen: set[str] = set()

    def note(_mapper: Any, _connection: Any, row: AuditEvent) -> None:
        seen.add(Action(row.action).value)

    event.listen(AuditEvent, "after_insert", note)
    yield
    event.remove(AuditEvent, "after_insert", note)
    request.node.user_properties.append(("audited", sorted(seen)))


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str | Postgres:
    """The template to copy; only the server that is asked for is started."""
    return request.getfixturevalue("sqlite_template" if request.param == "sqlite" else "postgres_template")


@pytest.fixture
async def database(
    backend: str | Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[settings.Settings]:
    """A migrated, empty database that the settings point at."""
    name = f"t_{ids.new_id()}"
    if isinstance(backend, Postgres):
        await execute(backend, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        monkeypatch.setenv("PLUMBLINE_DATABASE_URL", backend.address(name))
    else:
        (tmp_path / "data").mkdir()
        shutil.copy(backend, tmp_path / "data" / "plumbline.db")
    settings.settings.cache_clear()
    yield settings.settings()
    await db.dispose()
    rendering.forget()
    await answers.close()
    await rates.close()
    if isinstance(backend, Postgres):
        await execute(backend, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def world(database: settings.Settings) -> World:
    """People of every role in the space ENG, and one outsider who has the space OPS to themselves."""
    return await World.make()


@pytest.fixture
async def texts(world: World) -> World:
    """A text each in a private space, one of all people of the site, a public one, and one of somebody else."""
    owner = world.actor("owner")
    async with unit_of_work() as work:
        for key in ("PEO", "PUB"):
            await spaces.add(work, key, key.title(), owner.user_id)
    await change("UPDATE space SET visibility = 'instance' WHERE key = 'PEO'")
    await change("UPDATE space SET visibility = 'public' WHERE key = 'PUB'")
    for key in ("ENG", "PEO", "PUB"):
        file = ImportFile(name=f"{key}.md", data=f"# Of {key}\n".encode())
        await imports.run(owner, ImportTexts(space_key=key, files=(file,)))
    await world.document("# Of OPS\n", by="outsider")
    return world


@pytest.fixture
async def people(texts: World) -> World:
    """Two groups: the guest is in the first, the outsider in both."""
    for group in (GROUP, OTHERS):
        await change(
            "INSERT INTO user_group (id, name, description, version, created_at) VALUES (:id, :id, '', 1, :at)",
            id=group, at=clock.now(),
        )  # fmt: skip
    for group, name in ((GROUP, "guest"), (GROUP, "outsider"), (OTHERS, "outsider")):
        await change("INSERT INTO group_member VALUES (:g, :who, :f)", g=group, who=texts.actor(name).user_id, f=False)
    return texts


@pytest.fixture
def actor(request: pytest.FixtureRequest, world: World) -> Actor:
    """Who makes the calls, by the mark: `@pytest.mark.actor("reviewer")`."""
    mark = request.node.get_closest_marker("actor")
    assert mark is not None
    return world.actor(mark.args[0])


async def execute(server: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(server.address())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
