"""The ways of looking at two texts: source side by side or in one column, the rendered page, the drawings.

Which one is shown stands in the address (`?view=`). What each looks like stands in the modules of the views.
"""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from app.domain.diff.drawings import compare_drawings
from app.domain.diff.html import side_by_side, unified
from app.domain.diff.pictures import pictures
from app.domain.diff.rendered import rendered_changes
from app.domain.diff.text import TextDiff
from app.domain.model import Design


class View(StrEnum):
    """A way of looking; the first is shown when the address names none."""

    side_by_side = "side-by-side"
    unified = "unified"
    rendered = "rendered"
    diagrams = "diagrams"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def address(self) -> str:
        """From any other view of the same comparison."""
        return f"?view={self}"


_LABELS = {
    View.side_by_side: "Side by side",
    View.unified: "Unified",
    View.rendered: "Rendered",
    View.diagrams: "Diagrams",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """Two texts to look at. `unaltered` are the ids of sections that say the same, whatever changed in their text;
    `retitled` the titles of sections that were renamed.
    """

    old: Design
    new: Design
    diff: TextDiff
    unaltered: Set[str]
    retitled: Set[tuple[str, str]]


def shown(view: View, looked: Looked) -> str:
    """The view as HTML; ids of the new page only in the rendered one."""
    if view is View.side_by_side:
        return side_by_side(looked.diff, looked.unaltered)
    if view is View.unified:
        return unified(looked.diff, looked.unaltered)
    if view is View.rendered:
        return _rendered(looked)
    drawings = compare_drawings(looked.old, looked.new, looked.retitled)
    return pictures(looked.old, looked.new, drawings, View.rendered.address)


def _rendered(looked: Looked) -> str:
    page = rendered_changes(looked.old, looked.new)
    sources = f'<a href="{View.side_by_side.address}">Side by side</a>'
    if not page:
        return f'<p class="diff-empty">Both pages look the same: what differs shows in the source only. {sources}</p>'
    note = f'<p class="diff-note">The front matter changed as well; it is no part of the page. {sources}</p>'
    return f'{note if _front_matter(looked.old) != _front_matter(looked.new) else ""}<div class="prose">{page}</div>'


def _front_matter(design: Design) -> str:
    found = design.source.front_matter
    return design.source.slice(*found) if found else ""
