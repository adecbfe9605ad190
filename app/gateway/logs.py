"""structlog for everything, ours and the libraries': one line per event, JSON in production.

Every line carries the request id, the actor and the route of the caller it was written for. Values under names that
hold secrets are replaced at any depth, and control characters are escaped before anything is rendered.
"""

import json
import logging
import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import structlog
from structlog.types import EventDict, Processor

from app.core.settings import Settings
from app.gateway.context import caller_var

_ENCODER = json.JSONEncoder(default=repr)
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
    return {_harmless_name(key): "***" if _is_secret(key) else _harmless(value, key) for key, value in event.items()}


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    return _SECRET.search(name) is not None


@lru_cache(maxsize=1024)
def _harmless_name(name: str) -> str:
    return _plain(name)


def _harmless(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return _plain(value, _CONTROL_BUT_LINES if name == "exception" else _CONTROL)
    if isinstance(value, int | float) or value is None:
        return value
    if isinstance(value, Mapping):
        return _without_secrets(None, "", {str(key): inner for key, inner in value.items()})
    if isinstance(value, list | tuple | set | frozenset):
        return [_harmless(inner, "") for inner in value]
    return value


def _plain(text: str, forbidden: re.Pattern[str] = _CONTROL) -> str:
    if text.isascii() and text.isprintable() and "=" not in text:
        return text
    return _IN_URL.sub(r"\1***", forbidden.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _encoded(event: EventDict, **_: Any) -> str:
    return _ENCODER.encode(event)


class _Lines:
    """Where our own loggers write: to the stream of the root's handler, whichever that is, a whole line at a time."""

    def __init__(self, handler: logging.StreamHandler[Any], name: str) -> None:
        self.handler, self.name = handler, name

    def msg(self, line: str) -> None:
        self.handler.acquire()
        try:
            self.handler.stream.write(f"{line}\n")
            self.handler.stream.flush()
        except Exception:  # noqa: BLE001 -- as the standard library: whoever logs must not fail of it
            self.handler.handleError(logging.makeLogRecord({"name": self.name, "msg": "a line that was not written"}))
        finally:
            self.handler.release()

    debug = info = warning = warn = error = critical = exception = fatal = msg


def configure(settings: Settings) -> None:
    """Route structlog and the standard library through the same processors to stderr."""
    handler = logging.StreamHandler()
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_caller,
        structlog.processors.format_exc_info,
        _without_secrets,
    ]
    plain = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    renderer: Processor = structlog.processors.JSONRenderer(_encoded) if settings.logs_json else plain
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        logger_factory=lambda name="plumbline", *_: _Lines(handler, name),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared[:2], structlog.stdlib.PositionalArgumentsFormatter(), *shared[2:]],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for noisy in ("asyncio", "engineio", "socketio", "_granian", "aiosqlite", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
