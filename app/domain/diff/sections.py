"""Which section became which. Sections are paired by id, and renamed ones by their lines."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from app.domain.diff.matching import runs
from app.domain.diff.parts import Part


class Fate(StrEnum):
    """What happened to a section as a whole; its lines may have changed besides."""

    kept = "kept"
    moved = "moved"
    renamed = "renamed"
    added = "added"
    removed = "removed"


Paired = tuple[Fate, Part | None, Part | None]


def pair_parts(old: Sequence[Part], new: Sequence[Part]) -> list[Paired]:
    """Every part of either side once, in the order of the new text, removed ones where they stood."""
    partner = _partners(old, new)
    order = [at for at in range(len(old)) if at in partner]
    wanted = sorted(order, key=partner.__getitem__)
    still = {at for run in runs(order, wanted) if run.same for at in order[run.old_start : run.old_end]}
    return list(_in_order(old, new, partner, still))


def _in_order(old: Sequence[Part], new: Sequence[Part], partner: dict[int, int], still: set[int]) -> Iterator[Paired]:
    origin = {to: at for at, to in partner.items()}
    done = 0
    for place, part in enumerate(new):
        source = origin.get(place)
        if source is None:
            yield Fate.added, None, part
            continue
        if source in still:
            yield from _removed(old, range(done, source), partner)
            done = source + 1
        yield _fate(old[source], part, moved=source not in still), old[source], part
    yield from _removed(old, range(done, len(old)), partner)


def _removed(old: Sequence[Part], places: range, partner: dict[int, int]) -> Iterator[Paired]:
    return ((Fate.removed, old[at], None) for at in places if at not in partner)


def _fate(old: Part, new: Part, *, moved: bool) -> Fate:
    if moved:
        return Fate.moved
    return Fate.kept if old.title == new.title else Fate.renamed


def _partners(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    places = {part.section_id: at for at, part in enumerate(new)}
    partner = {at: places[part.section_id] for at, part in enumerate(old) if part.section_id in places}
    taken = set(partner.values())
    free_old = [at for at in range(len(old)) if at not in partner]
    free_new = [at for at in range(len(new)) if at not in taken]
    return partner | _renamed(old, new, free_old, free_new)


def _renamed(old: Sequence[Part], new: Sequence[Part], free_old: list[int], free_new: list[int]) -> dict[int, int]:
    """Parts that share most of their lines below the heading; lines that stand in several parts do not count."""
    owner: dict[str, int | None] = {}
    for at in free_old:
        for line in _body(old[at]):
            owner[line] = at if owner.get(line, at) == at else None
    found: dict[int, int] = {}
    for at in free_new:
        body = _body(new[at])
        votes = Counter(home for line in body if (home := owner.get(line)) is not None and home not in found)
        for home, count in votes.most_common(1):
            if 2 * count > max(len(body), len(_body(old[home]))):
                found[home] = at
    return found


def _body(part: Part) -> set[str]:
    return {line.strip() for line in part.lines[1:]} - {""}
