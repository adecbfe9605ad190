"""`plumbline doctor`: does what is stored agree with itself?"""

import asyncio

import typer

from app.core import db
from app.core.errors import AppError
from app.services import doctor


def run() -> int:
    """Prints a sentence per gap; 0 when there is none, 1 when there is, 2 when the database cannot be read."""
    try:
        found = asyncio.run(_examine())
    except AppError as error:
        typer.echo(f"doctor: {error.message}", err=True)
        return 2
    for sentence in found:
        typer.echo(sentence)
    typer.echo(f"doctor: {len(found)} gaps" if found else "doctor: every document is whole")
    return 1 if found else 0


async def _examine() -> list[str]:
    try:
        await db.check()
        return await doctor.examine()
    finally:
        await db.dispose()
