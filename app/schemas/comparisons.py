"""Two revisions of a document beside each other. The texts with their marks are not here: they travel by address."""

from app.schemas.base import View
from app.schemas.documents import DocumentView
from app.schemas.revisions import RevisionView


class ComparisonHead(View):
    """What is compared, in the order asked for. `content_digest` is the address of the page of the comparison."""

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
