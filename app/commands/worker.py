"""`plumbline worker`: do the side work of the outbox, without the web server."""

import asyncio
import signal

import app.jobs
import app.subscribers
from app.core import bus, db
from app.core.errors import AppError
from app.core.settings import load
from app.gateway import logs, metrics
from app.services import worker


def run() -> int:
    """Works until SIGTERM or SIGINT; 2 when the database cannot be used at the start."""
    settings = load()
    logs.configure(settings)
    bus.install(app.subscribers)
    try:
        asyncio.run(_work(settings.worker_poll_seconds))
    except AppError as error:
        raise SystemExit(f"The worker does not start: {error.message}") from error
    return 0


async def _work(poll: float) -> None:
    try:
        await db.check()
        watching = worker.Watching(metrics.delivered, metrics.show_depth)
        task = asyncio.create_task(worker.run(worker.kinds(app.jobs), worker.Pace(poll=poll), watching))
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, task.cancel)
        await asyncio.wait({task})
        if not task.cancelled():
            task.result()
    finally:
        await db.dispose()
