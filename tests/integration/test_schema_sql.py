"""The schema of a document as statements, run by a real PostgreSQL: it takes every type, default and key."""

from pathlib import Path

import asyncpg

from app.core import ids
from app.domain.diagrams.draw import Diagram, Notation, draw
from app.domain.diagrams.sql import TYPES
from app.domain.parse import parse
from tests.backing.postgres import Postgres
from tests.integration.conftest import execute

DESIGN = Path(__file__).parents[2] / "docs" / "design.md"
HEAD = "| Column | Type | Null | Key | Default |\n| --- | --- | --- | --- | --- |\n"
DEFAULTS = ("0", "-1.5", "'x'", "true", "null", "now()", "current_timestamp", "current_date", "gen_random_uuid()")


async def fresh(postgres: Postgres) -> asyncpg.Connection:
    name = f"s_{ids.new_id()}"
    await execute(postgres, f"CREATE DATABASE {name}")
    return await asyncpg.connect(postgres.address(name))


async def test_our_own_schema_is_made_as_it_is_written(postgres):
    design = parse(DESIGN.read_text(encoding="utf-8"))
    connection = await fresh(postgres)
    await connection.execute(draw(design, Diagram.er, Notation.sql))
    rows = await connection.fetch(
        "SELECT table_name, column_name, is_nullable FROM information_schema.columns WHERE table_schema = 'public'"
    )
    keys = await connection.fetchval("SELECT count(*) FROM pg_constraint WHERE contype = 'f'")
    await connection.close()
    wanted = {(table.name, c.name, "YES" if c.nullable else "NO") for table in design.tables for c in table.columns}
    assert {tuple(row) for row in rows} == wanted
    assert keys == sum(bool(column.references) for table in design.tables for column in table.columns)


async def test_every_type_with_every_default_is_taken(postgres):
    names = [name for names in TYPES.values() for name in (*names, *(f"{name}(9)" for name in names))]
    rows = [
        f"| c{number}_{at} | {name} | yes | | {default} |\n"
        for number, default in enumerate(DEFAULTS)
        for at, name in enumerate([*names, "numeric(9,2)", "varchar(2,2)", "text[]", "feeling"])
    ]
    connection = await fresh(postgres)
    await connection.execute(draw(parse(f"## Schema\n\n### t\n\n{HEAD}{''.join(rows)}"), Diagram.er, Notation.sql))
    count = await connection.fetchval("SELECT count(*) FROM information_schema.columns WHERE table_name = 't'")
    await connection.close()
    assert count == len(rows)
