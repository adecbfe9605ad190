"""Keyset paging: opaque cursors that carry the last row's sort key, and the limits of a page."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from app.core.errors import Invalid

DEFAULT_LIMIT = 25
MAX_LIMIT = 100
_MAX_CURSOR = 300

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and whether more follow."""

    rows: Sequence[Row]
    more: bool


def limit(value: int | None) -> int:
    """How many rows to give: 1 to 100, default 25; anything else is refused, not bent."""
    if value is None:
        return DEFAULT_LIMIT
    if not 1 <= value <= MAX_LIMIT:
        raise Invalid(f"A page has 1 to {MAX_LIMIT} rows.", details={"field": "limit"})
    return value


def encode(*key: str | int | datetime) -> str:
    parts = [part.isoformat() if isinstance(part, datetime) else part for part in key]
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str, *kinds: type) -> tuple[str | int | datetime, ...]:
    """The key in `cursor`, each part of the asked kind (str, int or datetime); raises `Invalid` for nonsense."""
    try:
        return _decode(cursor, kinds)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise Invalid(
            "This page address is not valid any more: start from the first page.", details={"field": "cursor"}
        ) from None


def _decode(cursor: str, kinds: tuple[type, ...]) -> tuple[str | int | datetime, ...]:
    if len(cursor) > _MAX_CURSOR:
        raise ValueError("too long")
    parts = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    if not isinstance(parts, list) or len(parts) != len(kinds):
        raise ValueError("wrong shape")
    return tuple(_part(part, kind) for part, kind in zip(parts, kinds, strict=True))


def _part(part: object, kind: type) -> str | int | datetime:
    if kind is datetime and isinstance(part, str):
        moment = datetime.fromisoformat(part)
        if moment.tzinfo is None:
            raise ValueError("naive time")
        return moment
    if kind is int and type(part) is int and abs(part) < 2**31:
        return part
    if kind is str and isinstance(part, str) and "\0" not in part:
        return part
    raise ValueError("wrong kind")
