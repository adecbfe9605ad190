"""The page of a comparison as HTML: what changed in meaning, then one view of the texts with links to the others.

Nothing in it depends on who reads it or on the documents that the texts are from. Everything from the texts is escaped
here or by the views; links stay within the page, change the view, or lead to the history beside it, so that nothing of
it needs a script.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from app.domain.diff.change import Change, Comparison, Weight
from app.domain.diff.fingerprint import fingerprints, unaltered
from app.domain.diff.sections import Fate
from app.domain.diff.semantic import compare
from app.domain.diff.text import SectionDiff, TextDiff, compare_texts
from app.domain.diff.views import Looked, View, shown
from app.domain.parse import parse
from app.domain.render.escape import text

FIRST_SHOWN, MOST_SHOWN = 15, 500
_SAME = (
    '<p class="diff-empty">Nothing to look at: <a href="../../history">choose other revisions in the history</a>.</p>'
)
_SECTION = re.compile(r'<section class="diff-section\b')
_ABOUT = {
    Weight.material: "what the design says is different",
    Weight.wording: "said in other words",
    Weight.editorial: "layout and typography",
}


@dataclass(frozen=True, slots=True)
class SectionPrint:
    """A section of either text or of both, with its fingerprint in either; empty where it does not stand there."""

    fate: Fate
    title: str
    section_id: str
    old_id: str
    changed: bool
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed, in one sentence and one by one, and the sections with their fingerprints."""

    comparison: Comparison
    verdict: str
    sections: tuple[SectionPrint, ...]


def compared(old: str, new: str) -> Compared:
    """The answer without its page; never raises for any texts."""
    before, after = parse(old), parse(new)
    comparison, diff = compare(before, after), compare_texts(before, after)
    prints = fingerprints(before), fingerprints(after)
    sections = tuple(
        SectionPrint(
            one.fate,
            one.title,
            one.new_id,
            one.old_id,
            one.changed,
            prints[0].get(one.old_id, ""),
            prints[1].get(one.new_id, ""),
        )
        for one in diff.sections
        if one.section_id
    )
    return Compared(comparison, _verdict(comparison), sections)


def page(old: str, new: str, view: View) -> str:
    """Never raises for any texts."""
    before, after = parse(old), parse(new)
    comparison, diff = compare(before, after), compare_texts(before, after)
    lists = _changes(comparison, _Places(diff, view))
    retitled = {(one.old_title, one.title) for one in diff.sections if one.old_id and one.old_title != one.title}
    looked = Looked(before, after, diff, unaltered(before, after, diff), retitled)
    return (
        '<div class="compared"><section aria-label="What changed">'
        f'<p class="compared-verdict">{_verdict(comparison)}</p>'
        f'<div class="compared-list">{lists}</div></section>{_view(view, looked) if old != new else _SAME}</div>'
    )


class _Places:
    """Where a change stands in the view, as an address from this page. In the source views only changed sections have
    an id, counted from 1; in the rendered one headings have the id that they have in the document.
    """

    def __init__(self, diff: TextDiff, view: View) -> None:
        self._view = view
        changed = list(enumerate((section for section in diff.sections if section.changed), 1))
        self._old = {line: (at, section) for at, section in changed for line in _lines(section, new=False)}
        self._new = {line: (at, section) for at, section in changed for line in _lines(section, new=True)}

    def of(self, change: Change) -> str | None:
        found = self._new.get(change.new.start.line + 1) if change.new else None
        found = found or (self._old.get(change.old.start.line + 1) if change.old else None)
        if found is None:
            return None
        at, section = found
        if self._view is View.rendered and section.new_id:
            return f"#{section.new_id}"
        return f"#s-{at}" if self._view in (View.side_by_side, View.unified) else f"{View.side_by_side.address}#s-{at}"


def _lines(section: SectionDiff, *, new: bool) -> Iterator[int]:
    for row in section.rows:
        line = row.new if new else row.old
        if line:
            yield line.number


def _view(view: View, looked: Looked) -> str:
    """Links to all views, and this one."""
    current = {view: ' aria-current="page"'}
    tabs = "".join(f'<a class="tab" href="{one.address}"{current.get(one, "")}>{one.label}</a>' for one in View)
    nav = f'<nav class="tabs view-tabs" aria-label="View of the texts">{tabs}</nav>'
    seen = f'<div class="view view-{view}">{_with_ids(shown(view, looked))}</div>'
    return f'<section class="views" aria-label="Both texts">{nav}{seen}</section>'


def _with_ids(shown_html: str) -> str:
    """The view with an id for every changed section. Text cannot look like such a tag: it is escaped."""
    number = count(1)
    return _SECTION.sub(lambda found: f'<section id="s-{next(number)}"{found[0][8:]}', shown_html)


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


def _item(change: Change, place: str | None) -> str:
    """The sentence with a link to its place: the place's own words where the sentence ends with them."""
    where = " → ".join(change.sections) or "the text before the first heading"
    said, link = change.sentence, text(where)
    link = f'<a href="{text(place)}">{link}</a>' if place else link
    within = f" in {where}"
    before = text(said.removesuffix(within))
    css = "compared-where" if said.endswith(within) else "compared-where compared-aside"
    return (
        f'<li><span class="compared-sign" aria-hidden="true">{change.kind.sign}</span> {before}'
        f' <span class="{css}">in {link}</span></li>'
    )
