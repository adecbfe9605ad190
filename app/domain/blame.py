"""Which revision a line or an element comes from. The chain is read from its beginning; nothing is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from app.domain.diff.matching import runs
from app.domain.diff.parts import Part, parts
from app.domain.diff.sections import pair_parts
from app.domain.model import Design
from app.domain.text import Span

# What tells where an element stands, not what it says.
_PLACES = frozenset({"section_id", "anchor"})
_NOUNS = (
    "components", "externals", "layers", "endpoints", "flows", "tables", "indexes", "errors", "targets", "metrics",
    "environments", "stages", "decisions", "questions", "sections",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Places in the chain, from 0: the revision that introduced an element and the last one that changed it."""

    introduced: int
    changed: int


def blame(chain: Sequence[Design]) -> tuple[int, ...]:
    """For each line of the newest text the place in the chain (from 0) of the revision that it stands in unchanged
    since. A line keeps its origin when its section moves. Time is linear in the length of the chain.
    """
    origins: list[int] = []
    before: tuple[Part, ...] = ()
    for place, design in enumerate(chain):
        after = parts(design)
        origins = _carried(before, after, origins, place)
        before = after
    return tuple(origins)


def blame_elements(chain: Sequence[Design]) -> dict[str, Origin]:
    """By the id of each element of the newest design, sections included; moving an element does not change it."""
    found: dict[str, tuple[Origin, Any]] = {}
    for place, design in enumerate(chain):
        found = {name: (_origin(found.get(name), said, place), said) for name, said in _elements(design)}
    return {name: origin for name, (origin, _) in found.items()}


def _carried(before: Sequence[Part], after: Sequence[Part], origins: list[int], place: int) -> list[int]:
    """The origins of the lines after, from those before, section by section."""
    carried = [place] * sum(len(part.lines) for part in after)
    for _, was, part in pair_parts(before, after):
        if was is not None and part is not None:
            _carry(was, part, origins, carried)
    return carried


def _carry(was: Part, part: Part, origins: list[int], carried: list[int]) -> None:
    for run in runs(was.lines, part.lines):
        if run.same:
            start, length = was.first_line + run.old_start, run.old_end - run.old_start
            at = part.first_line + run.new_start
            carried[at : at + length] = origins[start : start + length]


def _origin(known: tuple[Origin, Any] | None, said: Any, place: int) -> Origin:
    if known is None:
        return Origin(place, place)
    origin, before = known
    return origin if before == said else Origin(origin.introduced, place)


def _elements(design: Design) -> Iterator[tuple[str, Any]]:
    own = {part.section_id: part.text for part in parts(design)}
    for noun in _NOUNS:
        for element in getattr(design, noun):
            said = own[element.id] if noun == "sections" else _said(element)
            yield (f"section:{element.id}" if noun == "sections" else element.id), said


def _said(value: Any) -> Any:
    """The value without where anything in it stands, comparable."""
    if isinstance(value, Span):
        return None
    if isinstance(value, tuple):
        return tuple(_said(one) for one in value)
    if is_dataclass(value):
        return tuple(_said(getattr(value, field.name)) for field in fields(value) if field.name not in _PLACES)
    return value
