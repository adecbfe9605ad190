"""What a comparison of two designs says: changes, each with its weight. How they are found is not here."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.roles import Role
from app.domain.text import Span


class Weight(StrEnum):
    """How much a change matters, from the lightest."""

    editorial = "editorial"
    wording = "wording"
    material = "material"

    @property
    def rank(self) -> int:
        """0 for the lightest."""
        return list(Weight).index(self)


class Kind(StrEnum):
    """What happened to something."""

    added = "added"
    removed = "removed"
    changed = "changed"
    moved = "moved"
    renamed = "renamed"

    @property
    def sign(self) -> str:
        """One character for the eye, beside the word."""
        return _SIGNS[self]


_SIGNS = {Kind.added: "+", Kind.removed: "−", Kind.changed: "≠", Kind.moved: "↕", Kind.renamed: "→"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different, in words for people; `old` and `new` are places in either text."""

    kind: Kind
    weight: Weight
    sentence: str
    noun: str
    element_id: str  # of the model element or of the section; empty where there is none
    sections: tuple[str, ...]  # titles as shown; the old and the new one of a renamed section
    roles: tuple[Role, ...]
    old: Span | None
    new: Span | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything different between two texts. Fields of the workflow have no part in the weight."""

    changes: tuple[Change, ...]  # material ones first, then by place in the new text
    workflow: tuple[Change, ...]

    @property
    def weight(self) -> Weight | None:
        """That of the heaviest change; none when nothing but fields of the workflow changed."""
        return max((change.weight for change in self.changes), key=lambda weight: weight.rank, default=None)
