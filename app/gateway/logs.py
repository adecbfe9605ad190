"""structlog for everything, ours and the libraries': one line per event, JSON in production.

Every line carries the request id, the actor and the route of the caller it was written for. Values under names that
hold secrets are replaced, control characters in rendered lines are escaped by both renderers.
"""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.types import EventDict, Processor

from app.core.settings import Settings
from app.gateway.context import caller_var

_SECRET = re.compile(r"password|token|cookie|secret|authorization|set-cookie|code_verifier", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_IN_URL = re.compile(r"([?&](?:token|code|state)=)[^&\s\"']+")


def _with_caller(_logger: Any, _name: str, event: EventDict) -> EventDict:
    current = caller_var.get()
    if current is not None:
        event.setdefault("request_id", current.request_id)
        event.setdefault("route", current.route)
        event.setdefault("actor", current.actor.user_id if current.actor else "")
    return event


def _without_secrets(_logger: Any, _name: str, event: EventDict) -> EventDict:
    for key, value in event.items():
        if _SECRET.search(key):
            event[key] = "***"
        elif isinstance(value, str) and key != "exception":
            event[key] = _IN_URL.sub(r"\1***", _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", value))
    return event


def configure(settings: Settings) -> None:
    """Route structlog and the standard library through the same processors to stderr."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_caller,
        structlog.processors.format_exc_info,
        _without_secrets,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    plain = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    renderer: Processor = structlog.processors.JSONRenderer() if settings.logs_json else plain
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for noisy in ("asyncio", "engineio", "socketio", "_granian", "aiosqlite", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
