"""The page of a comparison as HTML: what changed in meaning, then the texts side by side and unified.

Nothing in it depends on who reads it or on the documents that the texts are from. Everything from the texts is escaped
here or by the views; links stay within the page, so that the address names the view without any script.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from app.domain.diff.change import Change, Comparison, Kind, Weight
from app.domain.diff.html import side_by_side, unified
from app.domain.diff.semantic import compare
from app.domain.diff.text import SectionDiff, TextDiff, compare_texts
from app.domain.parse import parse
from app.domain.render.escape import text

FIRST_SHOWN, MOST_SHOWN = 15, 500
_SECTION = re.compile(r'<section class="diff-section\b')
_SIGNS = {Kind.added: "+", Kind.removed: "−", Kind.changed: "≠", Kind.moved: "↕", Kind.renamed: "→"}
_ABOUT = {
    Weight.material: "what the design says is different",
    Weight.wording: "said in other words",
    Weight.editorial: "layout and typography",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed, in one sentence and one by one, and the page that shows it."""

    comparison: Comparison
    verdict: str
    html: str


def compared(old: str, new: str) -> Compared:
    """Never raises for any texts."""
    before, after = parse(old), parse(new)
    comparison, diff = compare(before, after), compare_texts(before, after)
    verdict = _verdict(comparison)
    html = (
        f'<div class="compared"><section aria-label="What changed"><p class="compared-verdict">{verdict}</p>'
        f'<div class="compared-list">{_changes(comparison, _Places(diff))}</div></section>{_views(diff)}</div>'
    )
    return Compared(comparison, verdict, html)


class _Places:
    """Where a change stands in the views; only changed sections have an id, counted from 1."""

    def __init__(self, diff: TextDiff) -> None:
        changed = list(enumerate((section for section in diff.sections if section.changed), 1))
        self._old = {line: at for at, section in changed for line in _lines(section, new=False)}
        self._new = {line: at for at, section in changed for line in _lines(section, new=True)}

    def of(self, change: Change) -> int | None:
        found = self._new.get(change.new.start.line + 1) if change.new else None
        return found or (self._old.get(change.old.start.line + 1) if change.old else None)


def _lines(section: SectionDiff, *, new: bool) -> Iterator[int]:
    for row in section.rows:
        line = row.new if new else row.old
        if line:
            yield line.number


def _views(diff: TextDiff) -> str:
    """Both views; style sheets show the one that the address names, or that holds the place it names."""
    return (
        '<section class="views" aria-label="Both texts"><nav class="tabs view-tabs" aria-label="View of the texts">'
        '<a class="tab" href="#side-by-side">Side by side</a><a class="tab" href="#unified">Unified</a></nav>'
        f'<div class="view" id="side-by-side">{_with_ids(side_by_side(diff), "s")}</div>'
        f'<div class="view" id="unified">{_with_ids(unified(diff), "u")}</div></section>'
    )


def _with_ids(shown: str, view: str) -> str:
    """The view with an id for every changed section. Text cannot look like such a tag: it is escaped."""
    number = count(1)
    return _SECTION.sub(lambda found: f'<section id="{view}-{next(number)}"{found[0][8:]}', shown)


def _verdict(comparison: Comparison) -> str:
    if not comparison.changes:
        return "Only fields of the workflow changed." if comparison.workflow else "The texts are the same."
    if comparison.weight is Weight.editorial:
        return "Nothing that matters changed: only layout and typography."
    if comparison.weight is Weight.wording:
        return "Nothing that matters changed: only wording."
    material = sum(change.weight is Weight.material for change in comparison.changes)
    rest = len(comparison.changes) - material
    more = f", and {rest:,} in wording or layout" if rest else ""
    return f"{material:,} material {'change' if material == 1 else 'changes'}{more}."


def _changes(comparison: Comparison, places: _Places) -> str:
    groups = [(weight, [one for one in comparison.changes if one.weight is weight]) for weight in reversed(Weight)]
    lists = [_group(weight, weight.title(), _ABOUT[weight], changes, places) for weight, changes in groups if changes]
    if comparison.workflow:
        about = "status, dates and people: outside the weights"
        lists.append(_group("workflow", "Workflow", about, comparison.workflow, places))
    return "".join(lists)


def _group(css: str, title: str, about: str, changes: Sequence[Change], places: _Places) -> str:
    """One list, folded where it is about layout."""
    is_open = "" if css == Weight.editorial else " open"
    items = [_item(change, places.of(change)) for change in changes[:MOST_SHOWN]]
    first, rest = "".join(items[:FIRST_SHOWN]), "".join(items[FIRST_SHOWN:])
    left = len(changes) - MOST_SHOWN
    last = f"<li>{left:,} more stand in the texts below.</li>" if left > 0 else ""
    count_more = len(changes) - FIRST_SHOWN
    more = f"<details><summary>{count_more:,} more</summary><ul>{rest}{last}</ul></details>" if rest else ""
    return (
        f'<details class="compared-{css}"{is_open}><summary>{title} <span class="compared-about">{about}</span>'
        f' <span class="compared-count">{len(changes):,}</span></summary><ul>{first}</ul>{more}</details>'
    )


def _item(change: Change, place: int | None) -> str:
    where = text(" → ".join(change.sections)) or "the text before the first heading"
    link = f'<a href="#s-{place}">{where}</a>' if place else where
    return (
        f'<li><span class="compared-sign" aria-hidden="true">{_SIGNS[change.kind]}</span> {text(change.sentence)}'
        f' <span class="compared-where">{link}</span></li>'
    )
