"""`python -m scripts.check_migrations`: one head, and nothing to autogenerate, on SQLite and on PostgreSQL."""

import asyncio
import tempfile
from pathlib import Path

import models
from app.core import migrate
from app.core.settings import Settings
from tests.backing.postgres import Postgres


async def problems(settings: Settings) -> list[str]:
    await migrate.upgrade(settings)
    engine = "SQLite" if settings.is_sqlite else "PostgreSQL"
    return [
        f"{engine}: the models differ from the migrations: {found}" for found in await migrate.differences(settings)
    ]


async def everywhere() -> list[str]:
    heads = migrate.heads()
    found = [] if len(heads) == 1 else [f"there are {len(heads)} newest migrations: {', '.join(heads)}"]
    with tempfile.TemporaryDirectory() as folder, Postgres() as server:
        found += await problems(Settings(data_dir=Path(folder), database_url="", _env_file=None))
        found += await problems(Settings(data_dir=Path(folder), database_url=server.address(), _env_file=None))
    return found


def main() -> int:
    found = asyncio.run(everywhere())
    print("\n".join(found) or f"migrations: one head, {len(models.__all__) - 1} tables agree on both databases")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
