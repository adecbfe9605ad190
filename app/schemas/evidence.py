"""Evidence: files that say how things are, sent by a team's own tools."""

from datetime import datetime
from typing import Any

from pydantic import Field

from app.domain.evidence.kind import Kind
from app.schemas.base import Command, View
from app.schemas.listing import Listing


class AddEvidence(Command):
    """`file_name` is a label and never a path; `data` is exactly what was sent."""

    space: str
    file_name: str
    data: bytes


class AskedToAdd(Command):
    """What an Idempotency-Key stands for: the file by its SHA-256."""

    space: str
    file_name: str
    digest: str


class FindEvidence(Listing):
    """Sorted by `added`."""

    kind: tuple[Kind, ...] = Field((), max_length=10)


class EvidenceView(View):
    """`format` is whose format it is, `words` say in a line what `summary` says to programs, `digest` is the SHA-256 of
    the file.
    """

    id: str
    kind: Kind
    kind_label: str
    format: str
    file_name: str
    size: int
    digest: str
    words: str
    summary: dict[str, Any]
    added_by: str
    created_at: datetime
