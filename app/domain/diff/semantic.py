"""What changed between two designs and whether it matters; always between the two asked about.

Sections are paired by id. A difference of words is weighed by `app.domain.diff.weight`; a different set of links or
code or HTML is material wherever it stands, and so is every section added, removed or moved. Not yet here: sentences
for single model elements, renamed sections, and the fields of the workflow apart from the rest (they weigh as other
text does, which is never lighter).
"""

import re
from collections import Counter

from app.domain.diff.change import Change, Comparison, Kind, Weight
from app.domain.diff.matching import changed
from app.domain.diff.parts import Part, parts
from app.domain.diff.weight import fold, weigh, words
from app.domain.model import Design
from app.domain.text import Position, Span

_NAME_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LITERAL = frozenset({"Code", "Html", "InlineHtml"})


def compare(old: Design, new: Design) -> Comparison:
    """Empty exactly when the texts are equal. An unknown kind of difference is material."""
    if old.text == new.text:
        return Comparison((), ())
    before, after = ({part.section_id: part for part in parts(design)} for design in (old, new))
    names = _names(old) | _names(new)
    literal = _literals(old) != _literals(new)
    found = [_only(part, Kind.removed) for key, part in before.items() if key not in after]
    found += [_only(part, Kind.added) for key, part in after.items() if key not in before]
    kept = [key for key in before if key in after]
    found += _moved(kept, before, after)
    found += [
        _words(before[key], after[key], names, literal=literal) for key in kept if before[key].text != after[key].text
    ]
    found.sort(key=lambda change: (-change.weight.rank, (change.new or change.old or _span_of_none()).start))
    return Comparison(tuple(found), ())


def summary(comparison: Comparison, most: int = 3) -> str:
    """One line that proposes a revision's message; empty when nothing changed."""
    sentences = [change.sentence for change in (*comparison.changes, *comparison.workflow)]
    left = len(sentences) - most
    more = [f"{left} more change{'s' if left > 1 else ''}"] if left > 0 else []
    return "; ".join([*sentences[:most], *more])


def _span_of_none() -> Span:
    return Span(Position(0, 0), Position(0, 0))


def _span(part: Part) -> Span:
    return Span(Position(part.first_line, 0), Position(part.first_line + len(part.lines), 0))


def _names(design: Design) -> frozenset[str]:
    parts_of_it = [one.name for one in design.components] + [one.name for one in design.externals]
    places = [one.name for one in design.tables] + [one.name for one in design.environments]
    flows = [one.name for one in design.flows]
    columns = (column.name for table in design.tables for column in table.columns)
    values = (value for field in design.fields for value in field.values)
    texts = (*parts_of_it, *places, *flows, *columns, *values)
    return frozenset(word.lower() for text in texts for word in _NAME_WORD.findall(text))


def _literals(design: Design) -> Counter[str]:
    """Code, HTML and links as written."""
    found = Counter(f"{event.kind} {event.data}" for event in design.source.events if event.kind in _LITERAL)
    found.update(
        design.source.slice(event.start, event.end) for event in design.source.events if event.kind == "CodeBlock"
    )
    found.update(f"link {link.target}" for link in design.links)
    return found


def _only(part: Part, kind: Kind) -> Change:
    noun = f"section {part.title}" if part.section_id else "the text before the first heading"
    span = _span(part)
    old, new = (span, None) if kind is Kind.removed else (None, span)
    return _change(part, kind, Weight.material, f"{noun} {kind}", "section", (old, new))


def _moved(kept: list[str], before: dict[str, Part], after: dict[str, Part]) -> list[Change]:
    order = [key for key in after if key in before]
    gone = {key for run in changed(kept, order) for key in kept[run.old_start : run.old_end]}
    gone |= {key for key in kept if before[key].level != after[key].level}
    return [
        _change(after[key], Kind.moved, Weight.material, f"section {after[key].title} moved", "section",
                (_span(before[key]), _span(after[key])))
        for key in order if key in gone
    ]  # fmt: skip


def _words(old: Part, new: Part, names: frozenset[str], *, literal: bool) -> Change:
    weight, count = weigh(words(old.text), words(new.text), names)
    if literal or _indents(old) != _indents(new):
        weight = Weight.material
    place = new.title or "the text before the first heading"
    what = f"{count} word{'s' if count > 1 else ''} changed" if count else "layout changed"
    return _change(new, Kind.changed, weight, f"{what} in {place}", "words", (_span(old), _span(new)))


def _indents(part: Part) -> list[int]:
    """How deep the items of lists stand: what decides which item holds which."""
    return [len(line) - len(line.lstrip()) for line in part.lines if fold(line).startswith("- ")]


def _change(
    part: Part, kind: Kind, weight: Weight, sentence: str, noun: str, spans: tuple[Span | None, Span | None]
) -> Change:
    titles = (part.title,) if part.title else ()
    roles = (part.role,) if part.role else ()
    return Change(kind, weight, sentence[0].upper() + sentence[1:], noun, part.section_id, titles, roles, *spans)
