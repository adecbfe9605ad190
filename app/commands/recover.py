"""`plumbline admin recover`: a link for an owner who cannot get in."""

import asyncio

import typer

from app import subscribers
from app.core import answers, bus, db, migrate
from app.core.errors import AppError
from app.core.settings import load
from app.services import recovery


def run(email: str, *, without_second_factor: bool) -> int:
    """Prints the link; 1 with a sentence when it is not plain for whom, 2 when the database cannot be used."""
    bus.install(subscribers)
    try:
        found = asyncio.run(_recover(email, without_second_factor=without_second_factor))
    except AppError as error:
        typer.echo(f"recover: {error.message}", err=True)
        return 2 if error.status >= 500 else 1
    typer.echo(f"\n  Open this once, within the hour:\n\n  {found.url}\n\n  {found.words}\n")
    return 0


async def _recover(email: str, *, without_second_factor: bool) -> recovery.Recovered:
    settings = load()
    try:
        await db.check()
        await migrate.upgrade(settings)
        found = await recovery.recover(email, without_second_factor=without_second_factor)
        await answers.outlast()
        return found
    finally:
        await answers.close()
        await db.dispose()
