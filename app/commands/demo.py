"""`plumbline demo`: fill an empty database with people and documents to try things on."""

import asyncio

import typer

from app import subscribers
from app.core import bus, db, migrate
from app.core.errors import AppError
from app.core.settings import load
from app.services import demo, rendering


def run() -> int:
    """Prints who is there; 1 with a sentence when the database is not empty or this is not development."""
    bus.install(subscribers)
    try:
        people = asyncio.run(_fill())
    except AppError as error:
        typer.echo(f"demo: {error.message}", err=True)
        return 1
    for person in people:
        typer.echo(f"{person.email:22} {person.what:11} {person.name}, space {person.space}")
    typer.echo(f"Everybody's password: {demo.PASSWORD}")
    return 0


async def _fill() -> tuple[demo.Person, ...]:
    settings = load()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        await migrate.upgrade(settings)
        return await demo.fill()
    finally:
        rendering.close()
        await db.dispose()
