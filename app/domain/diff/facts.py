"""Which model elements differ between two designs: added, removed, renamed, and fact by fact.

Facts are compared as they are read (folded), so that a typographic mark is no change of the model. Each difference
says which words it tells and how often, so that nobody tells them again, and none that it does not tell are lost.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from app.domain.diff import sentences
from app.domain.diff.change import Kind
from app.domain.diff.elements import Element, Fact
from app.domain.diff.matching import changed
from app.domain.diff.weight import fold

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_GROUPED = re.compile(r"(?<=\d)[,_](?=\d)")
# How a text may write what the model gives as yes or no, or as a sign.
_WRITTEN = {
    "null": "not null nullable yes no required optional",
    "primary key": "primary key pk yes no",
    "unique": "unique uk yes no",
    "default": "default",
    "reference": "references foreign key fk",
    "answered": "x resolved answered closed decided",
    "approval by hand": "manual manually approval approvals approve approves approved sign off signoff gate",
    "value": "at most least under below within up to over above more less than percent",
}
_ALIKE = 75
_MOST_PAIRS = 2_500
_LONG_ENOUGH = 20
_ORDERED = frozenset({"step", "order"})
_PLACES = frozenset({"link", "image", "placeholder"})


@dataclass(frozen=True, slots=True)
class Difference:
    """`told_old` and `told_new` are the pieces of words, in lower case, that the sentence answers for; of something
    added or removed it is `whole`: all that stands in its span.
    """

    kind: Kind
    sentence: str
    old: Element | None
    new: Element | None
    told_old: Counter[str] = field(default_factory=Counter)
    told_new: Counter[str] = field(default_factory=Counter)

    whole: bool = False

    @property
    def element(self) -> Element:
        found = self.new or self.old
        assert found is not None  # one side is always there
        return found


def pieces(text: str) -> list[str]:
    """Letters and digits in lower case; `1,000` is one number."""
    return [piece.lower() for piece in _PIECE.findall(_GROUPED.sub("", text))]


def _told(before: str, after: str, fact: str = "") -> tuple[Counter[str], Counter[str]]:
    """What is said by `before → after`: only the words that differ, and how the text may put a yes and a no."""
    old, new = pieces(before), pieces(after)
    gone, come = Counter(_WRITTEN.get(fact, "").split()), Counter(_WRITTEN.get(fact, "").split())
    for run in changed(old, new):
        gone.update(old[run.old_start : run.old_end])
        come.update(new[run.new_start : run.new_end])
    return gone, come


def differences(
    old: Mapping[str, Element], new: Mapping[str, Element], titles: Set[tuple[str, str]] = frozenset()
) -> list[Difference]:
    """What is gone first. `titles` are those of sections that were renamed: what has their names was renamed too."""
    pairs = paired(old, new, titles)
    still_old, still_new = {id(left) for left, _ in pairs}, {id(right) for _, right in pairs}
    gone = {key: one for key, one in old.items() if id(one) not in still_old}
    come = {key: one for key, one in new.items() if id(one) not in still_new}
    tables = {left.key: right.key for left, right in pairs}
    found = [_alone(one, Kind.removed) for one in gone.values() if one.within not in gone]
    found += [_alone(one, Kind.added) for one in come.values() if one.within not in come]
    for left, right in pairs:
        found.extend(_pair(left, right, follows=bool(left.within) and tables.get(left.within) == right.within))
    return found


def paired(
    old: Mapping[str, Element], new: Mapping[str, Element], titles: Set[tuple[str, str]] = frozenset()
) -> list[tuple[Element, Element]]:
    """Which element is which: by name, then those that were renamed, with their parts."""
    gone = {key: one for key, one in old.items() if key not in new}
    come = {key: one for key, one in new.items() if key not in old}
    renamed = _renames(gone, come, titles)
    same = [(one, new[key]) for key, one in old.items() if key in new]
    return [*same, *renamed, *_parts(gone, come, renamed)]


def _parts(
    gone: Mapping[str, Element], come: Mapping[str, Element], renamed: list[tuple[Element, Element]]
) -> Iterator[tuple[Element, Element]]:
    """What is called the same within something renamed, such as a column."""
    taken = {id(one) for pair in renamed for one in pair}
    within = {left.key: right.key for left, right in renamed}
    places = {_in_its_whole(one): one for one in come.values() if id(one) not in taken}
    for one in gone.values():
        if id(one) not in taken and one.within in within:
            there = places.pop((one.noun, within[one.within], one.name.split(".")[-1]), None)
            if there is not None:
                yield one, there


def _in_its_whole(one: Element) -> tuple[str, str, str]:
    return one.noun, one.within, one.name.split(".")[-1]


def _alone(element: Element, kind: Kind) -> Difference:
    if kind is Kind.removed:
        return Difference(kind, sentences.went(element), element, None, whole=True)
    return Difference(kind, sentences.came(element), None, element, whole=True)


def _renames(
    gone: Mapping[str, Element], come: Mapping[str, Element], titles: Set[tuple[str, str]]
) -> list[tuple[Element, Element]]:
    """Elements of one noun with nearly the same content, the likest first; each once."""
    groups: dict[str, tuple[list[Element], list[Element]]] = {}
    for side, some in enumerate((gone, come)):
        for one in some.values():
            groups.setdefault(one.noun, ([], []))[side].append(one)
    found: list[tuple[Element, Element]] = []
    for left, right in groups.values():
        if len(left) * len(right) > _MOST_PAIRS:
            continue
        scored = [
            (-100.0 if (a.name, b.name) in titles else -_alike(a, b), i, j)
            for i, a in enumerate(left)
            for j, b in enumerate(right)
        ]
        used: set[tuple[str, int]] = set()
        for score, i, j in sorted(scored):
            if score <= -_ALIKE and not {("old", i), ("new", j)} & used:
                used |= {("old", i), ("new", j)}
                found.append((left[i], right[j]))
    return found


def _content(element: Element) -> str:
    return " ".join(value if isinstance(value, str) else " ".join(value) for value in element.facts.values() if value)


def _alike(old: Element, new: Element) -> float:
    if old.noun in _PLACES or old.noun == "order":
        return 100.0 if old.noun in ("link", "image") and old.span.start == new.span.start else 0.0
    names = fuzz.ratio(old.name[:400].lower(), new.name[:400].lower())
    content, other = _content(old), _content(new)
    if min(len(content), len(other)) >= _LONG_ENOUGH:
        return float(max(fuzz.ratio(content[:2_000], other[:2_000]), names if names >= _ALIKE else 0))
    return float(names)


def _pair(old: Element, new: Element, *, follows: bool) -> Iterator[Difference]:
    """`follows` is a part of something renamed, whose own name only follows."""
    if fold(old.name) != fold(new.name) and not (follows and old.name.split(".")[-1] == new.name.split(".")[-1]):
        yield Difference(Kind.renamed, sentences.renamed(old, new), old, new, *_told(old.name, new.name))
    for fact in old.facts:
        yield from _fact(old, new, fact)


def _fact(old: Element, new: Element, fact: str) -> Iterator[Difference]:
    before, after = old.facts[fact], new.facts.get(fact, "")
    if isinstance(before, str) or isinstance(after, str):
        yield from _value(old, new, fact, (before, after))
    elif fact in _ORDERED:
        yield from _ordered(old, new, fact, (before, after))
    else:
        yield from _listed(old, new, fact, (before, after))


def _value(old: Element, new: Element, fact: str, values: tuple[Fact, Fact]) -> Iterator[Difference]:
    before, after = (str(value) for value in values)
    if fact == "metric" and old.name != new.name:
        return  # made of the label where the text gives none
    if (before != after) if fact == "format" else (fold(before) != fold(after)):
        sentence = sentences.value_changed(new, fact, before, after)
        yield Difference(Kind.changed, sentence, old, new, *_told(before, after, fact))


def _listed(
    old: Element, new: Element, fact: str, values: tuple[tuple[str, ...], tuple[str, ...]]
) -> Iterator[Difference]:
    before, after = (Counter(fold(value) for value in some) for some in values)
    yield from _items(old, new, fact, (list((before - after).elements()), list((after - before).elements())))


def _ordered(
    old: Element, new: Element, fact: str, values: tuple[tuple[str, ...], tuple[str, ...]]
) -> Iterator[Difference]:
    before, after = ([fold(value) for value in some] for some in values)
    if fact == "order":
        both = set(before) & set(after)
        if [one for one in before if one in both] != [one for one in after if one in both]:
            yield Difference(Kind.moved, sentences.order_changed(new, fact), old, new)
        return
    for run in changed(before, after):
        items = before[run.old_start : run.old_end], after[run.new_start : run.new_end]
        yield from _items(old, new, fact, items)


def _items(old: Element, new: Element, fact: str, items: tuple[list[str], list[str]]) -> Iterator[Difference]:
    """Items gone and items come; together they tell the words in which they differ."""
    gone, come = items
    if len(gone) == len(come) == 1 and fact not in ("depends", "answer"):
        sentence = sentences.value_changed(new, fact, gone[0], come[0])
        yield Difference(Kind.changed, sentence, old, new, *_told(gone[0], come[0]))
        return
    left, right = _told(" ".join(gone), " ".join(come))
    for value in gone:
        mine = Counter(pieces(value)) & left
        left -= mine
        yield Difference(Kind.changed, sentences.item_changed(new, fact, value, added=False), old, new, told_old=mine)
    for value in come:
        mine = Counter(pieces(value)) & right
        right -= mine
        yield Difference(Kind.changed, sentences.item_changed(new, fact, value, added=True), old, new, told_new=mine)
