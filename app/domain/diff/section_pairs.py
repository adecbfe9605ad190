"""Which section of one text is which of another: by its path of titles, by its id, then by what it says.

Also which of them moved. What changed inside a section is not here.
"""

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from app.domain.diff.matching import runs
from app.domain.diff.parts import Part

_ALIKE = 0.6
_ALIKE_TITLES = 0.8
_LONGEST = 200
_MOST_PAIRS = 2_500


def pair(old: Sequence[Part], new: Sequence[Part], words: tuple[list[list[str]], list[list[str]]]) -> dict[int, int]:
    """Places of new parts by places of old ones; each once. `words` are those of every part, its heading's left out."""
    found: dict[int, int] = {}
    for keys in (_paths, _ids):
        places = {key: at for at, key in enumerate(keys(new))}
        taken = set(found.values())
        for at, key in enumerate(keys(old)):
            place = places.get(key)
            if at not in found and place is not None and place not in taken:
                found[at] = place
                taken.add(place)
    _by_content(found, (old, new), words)
    _by_neighbours(found, (old, new), words)
    return found


def parents(parts: Sequence[Part]) -> list[int]:
    """The place of the part around each; of the top ones the place 0, what stands before the first heading."""
    found, stack = [], [0]
    for at, part in enumerate(parts):
        while len(stack) > 1 and parts[stack[-1]].level >= part.level:
            stack.pop()
        found.append(stack[-1] if at else 0)
        if at:
            stack.append(at)
    return found


def moved(pairs: dict[int, int], old: Sequence[Part], new: Sequence[Part]) -> set[int]:
    """Old places of the sections that have another order, parent or level; not of those that only went along."""
    kept = [at for at in sorted(pairs) if at]
    order = sorted(kept, key=lambda at: pairs[at])
    stay = {kept[at] for run in runs(kept, order) if run.same for at in range(run.old_start, run.old_end)}
    above, below = parents(old), parents(new)
    found: set[int] = set()
    gone = set[int]()  # moved, or within something moved
    for at in kept:
        elsewhere = above[at] in pairs and pairs[above[at]] != below[pairs[at]]
        if above[at] in gone and not elsewhere:
            gone.add(at)
        elif elsewhere or at not in stay or _deeper(at, pairs, (old, new), above[at]):
            found.add(at)
            gone.add(at)
    return found


def _deeper(at: int, pairs: dict[int, int], sides: tuple[Sequence[Part], Sequence[Part]], above: int) -> bool:
    """Whether the level changed, and not because that of the section around it did."""
    step = sides[1][pairs[at]].level - sides[0][at].level
    around = sides[1][pairs[above]].level - sides[0][above].level if above in pairs else 0
    return step not in (0, around)


def _paths(parts: Sequence[Part]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    seen: Counter[tuple[object, ...]] = Counter()
    for part, above in zip(parts, parents(parts), strict=True):
        # Cut where headings repeat without end, so that a path stays short: Markdown has six levels.
        key = (found[above] if found else (), part.title.casefold())
        seen[key] += 1
        found.append((*key, seen[key]))
    return found


def _ids(parts: Sequence[Part]) -> list[tuple[object, ...]]:
    return [(part.section_id,) for part in parts]


def _left(found: dict[int, int], sides: tuple[Sequence[Part], Sequence[Part]]) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return [at for at in range(1, len(sides[0])) if at not in found], [
        at for at in range(1, len(sides[1])) if at not in taken
    ]


def _by_content(
    found: dict[int, int],
    sides: tuple[Sequence[Part], Sequence[Part]],
    words: tuple[list[list[str]], list[list[str]]],
) -> None:
    left, right = _left(found, sides)
    if len(left) * len(right) > _MOST_PAIRS:
        return
    bags = {(0, at): Counter(words[0][at]) for at in left} | {(1, at): Counter(words[1][at]) for at in right}
    scored = sorted((-_likeness(sides, bags, a, b), a, b) for a in left for b in right)
    for score, a, b in scored:
        if score <= -_ALIKE and a not in found and b not in found.values():
            found[a] = b


def _likeness(
    sides: tuple[Sequence[Part], Sequence[Part]], bags: dict[tuple[int, int], Counter[str]], old: int, new: int
) -> float:
    title = fuzz.ratio(sides[0][old].title[:_LONGEST], sides[1][new].title[:_LONGEST]) / 100
    return max(_overlap(bags[0, old], bags[1, new]), title if title >= _ALIKE_TITLES else 0)


def _overlap(old: Counter[str], new: Counter[str]) -> float:
    return 2 * (old & new).total() / (old.total() + new.total() or 1)


def _by_neighbours(
    found: dict[int, int],
    sides: tuple[Sequence[Part], Sequence[Part]],
    words: tuple[list[list[str]], list[list[str]]],
) -> None:
    """A heading over headings alone has no words: it is the same one when it stands at the same place."""
    left, right = _left(found, sides)
    empty = {at for at in right if not words[1][at]}
    for at in left:
        beside = {found.get(at - 1, -2) + 1, found.get(at + 1, 0) - 1} & empty
        if words[0][at] or not beside:
            continue
        place = min(beside)
        if sides[0][at].level == sides[1][place].level:
            found[at] = place
            empty.discard(place)
