"""The model of a design as plain data: dicts, lists and words, ready for JSON."""

from dataclasses import is_dataclass
from typing import Any

from app.domain.text import Position, Span

_HIDDEN = frozenset({"source", "blocks"})


def plain(value: Any) -> Any:
    """Sections without the parser's blocks; positions count from 0."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = {name: getattr(value, name) for name in value.__dataclass_fields__ if name not in _HIDDEN}
        return {name: plain(item) for name, item in shown.items()}
    if isinstance(value, Position | Span):
        return {name: plain(item) for name, item in value._asdict().items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value
