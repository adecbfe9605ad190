"""`plumbline backup FILE`: a copy of the database, whether or not the server runs."""

from pathlib import Path

import typer

from app.core import backup
from app.core.errors import AppError
from app.core.settings import load


def run(to: Path) -> int:
    """0 once the copy is whole and on the disk; 2 with a sentence when it was not made."""
    settings = load()
    try:
        size = backup.copy(settings, to.absolute())
    except AppError as error:
        typer.echo(f"backup: {error.message}", err=True)
        return 2
    typer.echo(f"backup: {size:,} bytes in {to}")
    if settings.secret_key is None:
        key = settings.data_dir / "secret.key"
        typer.echo(f"Keep {key} as well, in another place: it opens what is sealed in there.")
    return 0
