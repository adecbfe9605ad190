"""structlog for everything, ours and the libraries': one line per event, JSON in production.

Every line carries the request id, the actor and the route of the caller it was written for. Values under names that
hold secrets are replaced at any depth, and control characters are escaped before anything is rendered.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.types import EventDict, Processor

from app.core.settings import Settings
from app.gateway.context import caller_var

_SECRET = re.compile(r"password|token|cookie|secret|authorization|set-cookie|code_verifier", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_IN_URL = re.compile(r"([?&](?:token|code|state)=)[^&\s\"']+")


def _with_caller(_logger: Any, _name: str, event: EventDict) -> EventDict:
    current = caller_var.get()
    if current is not None:
        event.setdefault("request_id", current.request_id)
        event.setdefault("route", current.route)
        event.setdefault("actor", current.actor.user_id if current.actor else "")
    return event


def _without_secrets(_logger: Any, _name: str, event: EventDict) -> EventDict:
    """A traceback keeps its lines: JSON writes them as one, and the console is for development."""
    return {_plain(key): _harmless(value, key) for key, value in event.items()}


def _harmless(value: Any, name: str) -> Any:
    if _SECRET.search(name):
        return "***"
    if isinstance(value, str):
        return _plain(value, _CONTROL_BUT_LINES if name == "exception" else _CONTROL)
    if isinstance(value, Mapping):
        return {_plain(str(key)): _harmless(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_harmless(inner, "") for inner in value]
    return value


def _plain(text: str, forbidden: re.Pattern[str] = _CONTROL) -> str:
    return _IN_URL.sub(r"\1***", forbidden.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


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
