"""Who hears of a recorded event: subscribers in the same transaction, and subscribers after the commit.

The composition root (and each command that writes) calls `install(app.subscribers)`; services only record. Without
subscribers nothing may be recorded: a change without its audit row would be silent.
"""

from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

from app.core.registry import modules_of

InTransaction = Callable[[Any, Any], Awaitable[None]]
AfterCommit = Callable[[Any], Awaitable[None]]

_in_transaction: list[InTransaction] = []
_after_commit: list[AfterCommit] = []


def install(package: ModuleType) -> None:
    """Take `in_transaction(session, event)` and `after_commit(event)` of every module; again is no change."""
    for module in modules_of(package):
        for name, handlers in (("in_transaction", _in_transaction), ("after_commit", _after_commit)):
            handler = getattr(module, name, None)
            if handler is not None and handler not in handlers:
                handlers.append(handler)


async def within(session: Any, event: Any) -> None:
    """A failure here fails the transaction."""
    if not _in_transaction:
        raise RuntimeError("no subscribers are installed: call bus.install(app.subscribers) at start")
    for handler in _in_transaction:
        await handler(session, event)


async def after(event: Any) -> None:
    for handler in _after_commit:
        await handler(event)
