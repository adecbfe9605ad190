"""What changed between two designs and whether it matters; always between the two asked about, never from steps.

Outside the classes, in `workflow`: the fields status, date (any field of that word), updated, approvers, supersedes and
superseded by. Editorial: what `app.domain.diff.tokens` folds away. Wording: plain words, by `app.domain.diff.weight`.
Material: every element of the model (`app.domain.diff.elements`: its coming, going, name and facts, an element's prose
included), every section added, removed, renamed or moved, words that stand in other blocks than before (a nested list,
a quotation), numbers, negations, words that bind, names, links, code, HTML, front matter. Doubt is material.

What an element's sentence tells is not told again as words, but words that no sentence tells are never lost. Of texts
so large that not all that differs can be read word by word (`app.domain.diff.stretches`), the rest is material, and of
more than a thousand sections added, removed, renamed or moved the last are told in one sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from app.domain.diff.change import Change, Comparison, Kind, Weight
from app.domain.diff.elements import is_workflow
from app.domain.diff.facts import Difference, differences
from app.domain.diff.parts import Part
from app.domain.diff.prose import Rest, rest, unread
from app.domain.diff.sections import pairing
from app.domain.diff.side import Side, part_span, side
from app.domain.diff.stretches import Reading
from app.domain.diff.telling import Telling
from app.domain.diff.tokens import Token
from app.domain.diff.weight import fold
from app.domain.model import Design
from app.domain.text import Position, Span

_Told = tuple[str, Part | None, Part | None]  # a sentence and the section in either text
# What a new or a lost section speaks for by itself.
_QUIET = frozenset({"link", "image", "placeholder", "decision", "question", "box", "arrow", "relation", "error format"})
_MOST_ALIKE = 3
_MOST_SECTIONS, _MOST_TITLES = 1_000, 100  # told one by one; named in the sentence about all others
_TITLED = frozenset({"decision", "question", "flow"})  # these may be called as their section is


def compare(old: Design, new: Design) -> Comparison:
    """Empty exactly when the texts are equal. Deterministic; about linear in the length of both texts."""
    if old.text == new.text:
        return Comparison((), ())
    return _Comparing(side(old), side(new)).result()


def summary(comparison: Comparison, most: int = 3) -> str:
    """One line that proposes a revision's message; empty when nothing changed."""
    sentences = [change.sentence for change in (*comparison.changes, *comparison.workflow)]
    left = len(sentences) - most
    more = [f"{left} more change{'s' if left > 1 else ''}"] if left > 0 else []
    line = "; ".join([*sentences[:most], *more])
    return line[:1].upper() + line[1:]


class _Comparing:
    """The two sides of one comparison, with which section is which."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.pairing = pairing(old.parts, new.parts)
        self.pairs = self.pairing.places
        self.lost = {part.first_line for at, part in enumerate(old.parts) if at not in self.pairs}
        taken = set(self.pairs.values())
        self.come = {part.first_line for at, part in enumerate(new.parts) if at not in taken}
        self.retitled = {
            (old.parts[a].title, new.parts[b].title)
            for a, b in self.pairs.items()
            if fold(old.parts[a].title) != fold(new.parts[b].title)
        }
        self.differences = [
            one for one in differences(old.elements, new.elements, self.retitled) if not self._spoken_for(one)
        ]

    def result(self) -> Comparison:
        workflow = [self._of(one) for one in self.differences if _is_workflow(one)]
        found = [self._of(one) for one in self.differences if not _is_workflow(one)]
        found += [*self._sections(), *_gathered(list(self._rests()))]
        found.sort(key=_place)
        workflow.sort(key=_place)
        return Comparison(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(workflow)))

    def _spoken_for(self, one: Difference) -> bool:
        """Whether the sentence about the section around it says it."""
        noun = one.element.noun
        if one.kind is Kind.added and one.new and noun in _QUIET:
            return self.new.part_at(one.new.span.start.line).first_line in self.come
        if one.kind is Kind.removed and one.old and noun in _QUIET:
            return self.old.part_at(one.old.span.start.line).first_line in self.lost
        named = one.kind is Kind.renamed and one.old and one.new and noun in _TITLED
        return bool(named and one.old and one.new and (one.old.name, one.new.name) in self.retitled)

    def _of(self, one: Difference) -> Change:
        before = self.old.part_at(one.old.span.start.line) if one.old else None
        after = self.new.part_at(one.new.span.start.line) if one.new else None
        spans = (one.old.span if one.old else None, one.new.span if one.new else None)
        weight = Weight.editorial if _is_workflow(one) else Weight.material
        return _change(one.kind, weight, (one.sentence, one.element.noun, one.element.key), (before, after), spans)

    def _sections(self) -> Iterator[Change]:
        heads = {(one.kind, one.element.span.start.line) for one in self.differences if one.element.noun == "component"}
        taken = set(self.pairs.values())
        gone = (part for at, part in enumerate(self.old.parts) if at not in self.pairs)
        come = (part for at, part in enumerate(self.new.parts) if at not in taken)
        both = ((self.old.parts[at], self.new.parts[place]) for at, place in self.pairs.items())
        found: dict[Kind, Iterator[_Told]] = {
            Kind.removed: ((f"section {part.title} removed", part, None) for part in gone),
            Kind.added: ((f"section {part.title} added", None, part) for part in come),
            Kind.renamed: (
                (f"section {one.title} renamed {two.title}", one, two)
                for one, two in both
                if (one.title, two.title) in self.retitled
            ),
        }
        for kind, told in found.items():
            yield from _told(kind, (one for one in told if (kind, _shown(one).first_line) not in heads))
        yield from _told(Kind.moved, self._moved())

    def _moved(self) -> Iterator[_Told]:
        above, below = self.pairing.above
        for at in sorted(self.pairing.moved):
            place = self.pairs[at]
            before, after = self.old.parts[at], self.new.parts[place]
            where = f"after {self.new.parts[place - 1].title}" if self.new.parts[place - 1].title else "to the start"
            if before.level != after.level or self.pairs.get(above[at]) != below[place]:
                where = f"into {self.new.parts[below[place]].title}" if below[place] else f"to level {after.level}"
            yield f"section {after.title} moved {where}", before, after

    def _rests(self) -> Iterator[Change]:
        telling = (
            Telling(self.old, [(one, True) for one in self.differences]),
            Telling(self.new, [(one, False) for one in self.differences]),
        )
        names = self.old.names | self.new.names
        both = [(self.old.parts[at], self.new.parts[place]) for at, place in sorted(self.pairs.items(), key=_second)]
        different = [parts for parts in both if parts[0].lines != parts[1].lines]
        reading = Reading(
            self.old, self.new, sum(len(line) for pair in different for part in pair for line in part.lines)
        )
        not_read = []
        for parts in different:
            stretches = reading.of(parts)
            if stretches is None:
                not_read.append(parts)
                continue
            if (parts[0].title, parts[1].title) in self.retitled:
                stretches = stretches.without_headings(parts)
                if stretches.same:
                    continue
            for one in rest(parts, stretches, telling, names):
                yield _rest(one, parts)
        if len(not_read) <= _MOST_ALIKE:
            yield from (_rest(unread(parts), parts) for parts in not_read)
        else:
            first = _rest(unread(not_read[0]), not_read[0])
            yield _of_many(first, f"text of {len(not_read):,} sections changed", not_read)


def _second(places: tuple[int, int]) -> int:
    return places[1]


def _gathered(changes: list[Change]) -> list[Change]:
    """Many changes of mere layout (other line ends, say) are one."""
    layout = [change for change in changes if change.noun == "layout"]
    if len(layout) <= _MOST_ALIKE:
        return changes
    titles = tuple(dict.fromkeys(title for change in layout for title in change.sections))
    roles = tuple(dict.fromkeys(role for change in layout for role in change.roles))
    about = f"layout of {len(layout)} sections changed"
    whole = replace(layout[0], sentence=about, element_id="", sections=titles, roles=roles)
    return [*(change for change in changes if change.noun != "layout"), whole]


def _shown(told: _Told) -> Part:
    found = told[2] or told[1]
    assert found is not None  # one side is always there
    return found


def _told(kind: Kind, found: Iterator[_Told]) -> Iterator[Change]:
    """One by one, and beyond the most that anybody reads as one."""
    for sentence, old, new in islice(found, _MOST_SECTIONS):
        yield _section(kind, sentence, old, new)
    more = list(found)
    if more:
        first = _section(kind, "", *more[0][1:])
        yield _of_many(first, f"{len(more):,} more sections {kind}", [one[1:] for one in more])


def _of_many(first: Change, sentence: str, parts: Sequence[tuple[Part | None, Part | None]]) -> Change:
    """A change that stands for many: the first of their titles, and all their roles."""
    touched = [part for pair in parts for part in pair if part]
    titles = tuple(islice(dict.fromkeys(part.title for part in touched if part.title), _MOST_TITLES))
    roles = tuple(dict.fromkeys(part.role for part in touched if part.role))
    return replace(first, sentence=sentence, element_id="", sections=titles, roles=roles)


def _is_workflow(one: Difference) -> bool:
    return one.element.noun == "field" and is_workflow(one.element.name)


def _section(kind: Kind, sentence: str, old: Part | None, new: Part | None) -> Change:
    spans = (part_span(old) if old else None, part_span(new) if new else None)
    part = new or old
    identity = part.section_id if part else ""
    return _change(kind, Weight.material, (sentence, "section", identity), (old, new), spans)


def _rest(one: Rest, parts: tuple[Part, Part]) -> Change:
    place = parts[1].title or "the text before the first heading"
    about = (one.sentence(place), one.noun, parts[1].section_id)
    spans = (_lines(one.old, parts[0]), _lines(one.new, parts[1]))
    return _change(Kind.changed, one.weight, about, parts, spans)


def _lines(tokens: Sequence[Token], part: Part) -> Span | None:
    """The whole lines of these tokens."""
    if not tokens:
        return None
    last = tokens[-1].line
    return Span(Position(tokens[0].line, 0), Position(last, len(part.lines[last - part.first_line].rstrip("\r\n"))))


def _change(
    kind: Kind,
    weight: Weight,
    about: tuple[str, str, str],
    parts: tuple[Part | None, Part | None],
    spans: tuple[Span | None, Span | None],
) -> Change:
    touched = [part for part in parts if part is not None]
    titles = tuple(dict.fromkeys(part.title for part in touched if part.title))
    roles = tuple(dict.fromkeys(part.role for part in touched if part.role))
    return Change(kind, weight, *about, titles, roles, *spans)


def _place(change: Change) -> tuple[int, Position, str]:
    span = change.new or change.old
    return -change.weight.rank, span.start if span else Position(0, 0), change.sentence
