"""`plumbline serve`: migrate, say where it is, and serve the production build."""

import asyncio
import os
from pathlib import Path
from urllib.parse import quote, urlsplit

import typer
from granian import Granian
from granian.constants import Interfaces

from app.core import db, measuring, migrate
from app.core.errors import AppError
from app.core.settings import PREFIX, Settings, load
from app.services import accounts

REFLEX = {"__REFLEX_SKIP_COMPILE": "true", "REFLEX_ENV_MODE": "prod"}


def run(host: str, port: int) -> None:
    """Serves until it is told to stop; refuses with a sentence when settings, database or build are not fit."""
    settings = _configured(port)
    _refuse_unbuilt()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    token = asyncio.run(_prepare(settings))
    _say(settings, port, token)
    if settings.workers > 1 or not settings.embedded_worker:
        measuring.share(settings)
        measuring.begin()
    os.environ |= {**REFLEX, "REFLEX_STATES_WORKDIR": str(settings.data_dir.resolve() / "states")}
    Granian(
        "app.app:app",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=settings.workers,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
    ).serve()


def _configured(port: int) -> Settings:
    """Unless told otherwise, people reach the site at this port of this machine; workers inherit it."""
    settings = load()
    if "public_url" not in settings.model_fields_set:
        os.environ[f"{PREFIX}PUBLIC_URL"] = f"http://localhost:{port}"
        settings = load()
    return settings


async def _prepare(settings: Settings) -> str | None:
    """Bring the database up to date; the setup token while there is nobody."""
    try:
        await db.check()
        await migrate.upgrade(settings)
        return await accounts.issue_setup_link()
    except AppError as error:
        raise SystemExit(f"Plumbline does not start: {error.message}") from error
    finally:
        await db.dispose()


def _refuse_unbuilt() -> None:
    if not Path(".web/build/client").is_dir():
        raise SystemExit("The pages are not built: run `make run`, or `python -m scripts.build` first.")


def _say(settings: Settings, port: int, token: str | None) -> None:
    is_default = urlsplit(settings.public_url).hostname in {"localhost", "127.0.0.1"}
    address = f"http://localhost:{port}" if is_default else settings.public_url
    typer.echo(f"\n  Plumbline is at {address}")
    if token:
        typer.echo(f"  Make the owner's account: {address}/setup?token={quote(token)}")
        typer.echo(f"  (one time, for {settings.setup_link_hours} hours; a new link is printed at each start)")
    typer.echo("")
