"""The composition root: finds pages and subscribers, puts the gateway around Reflex. No logic."""

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any

import reflex as rx
import structlog
from reflex.event import EventSpec

from app import jobs, subscribers
from app import pages as page_files
from app.api import server
from app.core import answers, bus, db, passwords, rates, samples
from app.core.errors import AppError, Unauthenticated
from app.core.settings import settings
from app.gateway import logs, metrics, sampling
from app.gateway.asgi import ASGIApp
from app.gateway.errors import unforeseen
from app.gateway.events import EventGuard
from app.gateway.page_server import PageServer
from app.gateway.pages import pages_in
from app.gateway.pipeline import pipeline
from app.gateway.served import frame_slots
from app.services import rendering, worker
from state import access
from state.frame import confirm, leave, notice, reload

pages = pages_in(page_files)


def gateway(reflex: ASGIApp) -> ASGIApp:
    return pipeline(reflex, server.build(), PageServer(pages, frame_slots))


def on_failure(exception: Exception) -> EventSpec:
    """Tell the person what a failed interface event means; a defect is logged and gets a request id to quote."""
    if isinstance(exception, Unauthenticated):
        return reload()
    if isinstance(exception, AppError) and exception.code == "REAUTHENTICATION_REQUIRED":
        return confirm()
    if isinstance(exception, AppError):
        return notice(exception.message)
    failure = unforeseen()
    structlog.get_logger("plumbline.events").error("unforeseen", exc_info=exception)
    return notice(f"{failure.message} {failure.details['request_id']}")


async def side_work() -> None:
    """The embedded worker, unless the settings leave that to others."""
    if settings().embedded_worker:
        pace = worker.Pace(poll=settings().worker_poll_seconds)
        await worker.run(worker.kinds(jobs), pace, worker.Watching(metrics.delivered, metrics.show_depth))


async def _told(work: Coroutine[Any, Any, None]) -> None:
    """What ends beside the requests ends in the log, not in silence."""
    try:
        await work
    except Exception:
        structlog.get_logger("plumbline.beside").exception("ended")
        raise


async def watch() -> None:
    """While the server runs: watch the loop; at the end: let go of the database and the helpers."""
    logs.configure(settings())
    gc.collect()
    gc.freeze()  # all that was loaded stays: looking through it again would stop the loop for 0.1 s at a time
    beside = [asyncio.create_task(_told(side_work())), asyncio.create_task(_told(sampling.run()))]
    try:
        await metrics.watch_loop()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        rendering.close()
        passwords.close()
        await answers.close()
        await rates.close()
        await samples.close()
        await db.dispose()


bus.install(subscribers)
app = rx.App(
    toaster=None,
    app_wraps={},
    stylesheets=["look.css", "shell.css", "document.css", "diff.css", "admin.css"],
    html_lang="en",
    head_components=[rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml")],
    api_transformer=gateway,
    backend_exception_handler=on_failure,
)
app.add_middleware(EventGuard(access.policy(), leave), index=0)
app.register_lifespan_task(watch)
for page in pages:
    app.add_page(page.content, route=page.route, title=f"{page.title} · Plumbline", on_load=page.on_load)
