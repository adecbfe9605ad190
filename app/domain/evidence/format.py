"""How a format is described to the reader: one constant `FORMAT` in a file of its own in `formats`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.evidence.kind import Kind, Summary

Json = dict[str, Any]


class Watcher(Protocol):
    """Sees the elements of an XML file go by, and keeps counts only. Names of elements come without a prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def summary(self) -> Summary: ...


@dataclass(frozen=True)
class XmlFormat:
    """Recognised by the name of its outermost element."""

    kind: Kind
    name: str
    roots: frozenset[str]
    watch: Callable[[], Watcher]


@dataclass(frozen=True)
class JsonFormat:
    """Recognised by what its outermost object holds. `read` may raise `Unreadable` for what it does not expect."""

    kind: Kind
    name: str
    fits: Callable[[Json], bool]
    read: Callable[[Json], Summary]
