"""Two revisions of a document beside each other. The texts with their marks are not here: they travel by address."""

from app.schemas.base import View
from app.schemas.documents import DocumentView
from app.schemas.revisions import RevisionView


class ComparisonHead(View):
    """What is compared, in the order asked for. `content_digest` is the address of the pages of the comparison, one for
    each way of looking at it.
    """

    document: DocumentView
    old: RevisionView
    new: RevisionView
    content_digest: str


class PlaceView(View):
    """Where something stands in a text; the line is from 1."""

    line: int


class ChangeView(View):
    """One difference in words; `old` or `new` is absent where the thing does not stand in that text."""

    kind: str
    weight: str
    sentence: str
    noun: str
    element_id: str
    sections: tuple[str, ...]
    roles: tuple[str, ...]
    old: PlaceView | None
    new: PlaceView | None


class SectionView(View):
    """A section of either text or of both, in the order of the new one. `changed` says whether its text is different;
    the fingerprints, each without deeper sections, differ when that matters. Ids and fingerprints are empty where it
    does not stand in that text.
    """

    fate: str
    title: str
    id: str
    old_id: str
    changed: bool
    fingerprint: str
    old_fingerprint: str


class ComparisonView(View):
    """`weight` is that of the heaviest change, absent when none counts; `verdict` one sentence about all of them,
    `summary` the first of them in one line.
    """

    old: RevisionView
    new: RevisionView
    weight: str | None
    verdict: str
    summary: str
    changes: tuple[ChangeView, ...]
    workflow: tuple[ChangeView, ...]
    sections: tuple[SectionView, ...]
