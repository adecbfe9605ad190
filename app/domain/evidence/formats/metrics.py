"""Measured values: `{"metrics": {"http_read_p95_ms": 143.2}}`, by the names that the targets of a design give them.

A value is a number, or an object with a number as `value` and what it is in as `unit`.
"""

from dataclasses import dataclass
from typing import Any

from app.domain.evidence.format import Json, JsonFormat
from app.domain.evidence.kind import Kind, Summary, Unreadable, counted, shown

MOST = 1_000
_NAMED = 3
_LARGE = 1e300


@dataclass(frozen=True)
class Metrics(Summary):
    """`names` are the first few."""

    values: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        more = ", …" if self.values > len(self.names) else ""
        return f"{counted(self.values, 'value')}: {', '.join(self.names)}{more}"


def _fits(value: Json) -> bool:
    return isinstance(value.get("metrics"), dict)


def _read(value: Json) -> Metrics:
    found = value["metrics"]
    if not 0 < len(found) <= MOST:
        raise Unreadable(f"It holds no value, or more than {MOST:,}.")
    for name, measured in found.items():
        if not name or shown(name) != name or not _is_measured(measured):
            raise Unreadable("A value in it has no proper name, or is no number.")
    return Metrics(len(found), tuple(found)[:_NAMED])


def _is_measured(value: Any) -> bool:
    number = value.get("value") if isinstance(value, dict) else value
    return isinstance(number, int | float) and not isinstance(number, bool) and -_LARGE < number < _LARGE


FORMAT = JsonFormat(Kind.metrics, "metrics", _fits, _read)
