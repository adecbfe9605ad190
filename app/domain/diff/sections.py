"""Which section became which, and which of them moved: one answer for words, lines, merging and blame.

Sections are paired by their path of titles, then by id, then by what they say, then by their neighbours. Without that
order a second "Goals" that was put in before the first would take its place. What changed inside is not here.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from app.domain.diff.matching import runs
from app.domain.diff.parts import Part

# Two sections are one that was renamed when they share that much of their words, or their titles that much.
_ALIKE, _ALIKE_TITLES = 0.6, 0.8
_LONGEST_TITLE = 200
# Words looked at when every section that is left is compared with every other; beyond that lines are compared.
_MOST_WORDS = 1_000_000
_MOST_LEFT = 20_000  # sections; more are gone and new
_WORD = re.compile(r"\w+")

Paired = tuple["Fate", Part | None, Part | None]
_Sides = tuple[Sequence[Part], Sequence[Part]]


class Fate(StrEnum):
    """What happened to a section as a whole; its lines may have changed besides."""

    kept = "kept"
    moved = "moved"
    renamed = "renamed"
    added = "added"
    removed = "removed"


@dataclass(frozen=True, slots=True)
class Pairing:
    """`places` are those of new parts by those of old ones, each once; `moved` are old places. `above` are the places
    of the parts around each, in either text.
    """

    places: dict[int, int]
    moved: frozenset[int]
    above: tuple[list[int], list[int]]


def pairing(old: Sequence[Part], new: Sequence[Part]) -> Pairing:
    """Both begin with the part before the first heading, and that is the same one in both."""
    sides, above, found = (old, new), (_parents(old), _parents(new)), dict[int, int]()
    by_path = tuple(_paths(parts, around) for parts, around in zip(sides, above, strict=True))
    for before, after in (by_path, (_ids(old), _ids(new))):
        places = {key: at for at, key in enumerate(after)}
        taken = set(found.values())
        for at, key in enumerate(before):
            place = places.get(key)
            if at not in found and place is not None and place not in taken:
                found[at] = place
                taken.add(place)
    _by_content(found, sides)
    _by_neighbours(found, sides)
    return Pairing(found, frozenset(_moved(found, sides, above)), above)


def pair_parts(old: Sequence[Part], new: Sequence[Part]) -> list[Paired]:
    """Every part of either side once, in the order of the new text, removed ones where they stood."""
    return list(_in_order(old, new, pairing(old, new)))


def _in_order(old: Sequence[Part], new: Sequence[Part], found: Pairing) -> Iterator[Paired]:
    partner = found.places
    origin = {to: at for at, to in partner.items()}
    order = sorted(partner)
    still = {order[at] for at in _in_place(order, sorted(order, key=partner.__getitem__))}
    done = 0
    for place, part in enumerate(new):
        source = origin.get(place)
        if source is None:
            yield Fate.added, None, part
            continue
        if source in still:
            yield from _removed(old, range(done, source), partner)
            done = source + 1
        yield _fate(old[source], part, moved=source in found.moved), old[source], part
    yield from _removed(old, range(done, len(old)), partner)


def _removed(old: Sequence[Part], places: range, partner: dict[int, int]) -> Iterator[Paired]:
    return ((Fate.removed, old[at], None) for at in places if at not in partner)


def _fate(old: Part, new: Part, *, moved: bool) -> Fate:
    if moved:
        return Fate.moved
    return Fate.kept if old.title == new.title else Fate.renamed


def _parents(parts: Sequence[Part]) -> list[int]:
    """The place of the part around each; of the top ones the place 0, what stands before the first heading."""
    found, stack = [], [0]
    for at, part in enumerate(parts):
        while len(stack) > 1 and parts[stack[-1]].level >= part.level:
            stack.pop()
        found.append(stack[-1] if at else 0)
        if at:
            stack.append(at)
    return found


def _moved(pairs: dict[int, int], sides: _Sides, around: tuple[list[int], list[int]]) -> set[int]:
    """Old places of the sections that have another order, parent or level; not of those that only went along."""
    kept = [at for at in sorted(pairs) if at]
    order = sorted(kept, key=lambda at: pairs[at])
    stay = {kept[at] for at in _in_place(kept, order)}
    above, below = around
    found: set[int] = set()
    gone = set[int]()  # moved, or within something moved
    for at in kept:
        elsewhere = above[at] in pairs and pairs[above[at]] != below[pairs[at]]
        if above[at] in gone and not elsewhere:
            gone.add(at)
        elif elsewhere or at not in stay or _deeper(at, pairs, sides, above[at]):
            found.add(at)
            gone.add(at)
    return found


def _in_place(before: list[int], after: list[int]) -> Iterator[int]:
    """Which of the first stand in one order with the others."""
    return (at for run in runs(before, after) if run.same for at in range(run.old_start, run.old_end))


def _deeper(at: int, pairs: dict[int, int], sides: _Sides, above: int) -> bool:
    """Whether the level changed, and not because that of the section around it did."""
    step = sides[1][pairs[at]].level - sides[0][at].level
    around = sides[1][pairs[above]].level - sides[0][above].level if above in pairs else 0
    return step not in (0, around)


def _paths(parts: Sequence[Part], around: Sequence[int]) -> list[tuple[object, ...]]:
    """Markdown has six levels, so that a path stays short."""
    found: list[tuple[object, ...]] = []
    seen: Counter[tuple[object, ...]] = Counter()
    for part, above in zip(parts, around, strict=True):
        key = (found[above] if found else (), part.title.casefold())
        seen[key] += 1
        found.append((*key, seen[key]))
    return found


def _ids(parts: Sequence[Part]) -> list[tuple[object, ...]]:
    return [(part.section_id,) for part in parts]


def _left(found: dict[int, int], sides: _Sides) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return [at for at in range(1, len(sides[0])) if at not in found], [
        at for at in range(1, len(sides[1])) if at not in taken
    ]


def _by_content(found: dict[int, int], sides: _Sides) -> None:
    """The likest first. Where that would take too long, sections that share most of their lines."""
    left, right = _left(found, sides)
    if not left or not right or len(left) + len(right) > _MOST_LEFT:
        return
    if len(left) * sum(_size(sides[1][at]) for at in right) > _MOST_WORDS:
        found |= _by_lines(sides, left, right)
        return
    bags = [{at: _words(parts[at]) for at in some} for parts, some in zip(sides, (left, right), strict=True)]
    scored = sorted((-_likeness((sides[0][a], sides[1][b]), bags[0][a], bags[1][b]), a, b) for a in left for b in right)
    taken = set[int]()
    for score, a, b in scored:
        if score > -_ALIKE:
            break
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)


def _size(part: Part) -> int:
    """About how many words."""
    return 8 + sum(map(len, part.lines)) // 8


def _words(part: Part) -> Counter[str]:
    """Without those of the heading."""
    return Counter(word for line in part.lines[1:] for word in _WORD.findall(line))


def _likeness(parts: tuple[Part, Part], old: Counter[str], new: Counter[str]) -> float:
    title = fuzz.ratio(parts[0].title[:_LONGEST_TITLE], parts[1].title[:_LONGEST_TITLE]) / 100
    words = 2 * (old & new).total() / (old.total() + new.total() or 1)
    return max(words, title if title >= _ALIKE_TITLES else 0)


def _by_lines(sides: _Sides, left: Sequence[int], right: Sequence[int]) -> dict[int, int]:
    """Parts that share most of their lines below the heading; lines that stand in several parts do not count."""
    owner: dict[str, int | None] = {}
    for at in left:
        for line in _body(sides[0][at]):
            owner[line] = at if owner.get(line, at) == at else None
    found: dict[int, int] = {}
    for at in right:
        body = _body(sides[1][at])
        votes = Counter(home for line in body if (home := owner.get(line)) is not None and home not in found)
        for home, count in votes.most_common(1):
            if 2 * count > max(len(body), len(_body(sides[0][home]))):
                found[home] = at
    return found


def _body(part: Part) -> set[str]:
    return {line.strip() for line in part.lines[1:]} - {""}


def _by_neighbours(found: dict[int, int], sides: _Sides) -> None:
    """A heading over headings alone has no words: it is the same one when it stands at the same place."""
    left, right = _left(found, sides)
    if not left or len(left) + len(right) > _MOST_LEFT:
        return
    empty = {at for at in right if not _words(sides[1][at])}
    for at in left:
        beside = {found.get(at - 1, -2) + 1, found.get(at + 1, 0) - 1} & empty
        if not beside or _words(sides[0][at]):
            continue
        place = min(beside)
        if sides[0][at].level == sides[1][place].level:
            found[at] = place
            empty.discard(place)
