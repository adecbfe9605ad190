"""Documents as lists and as the head of a page. The rendered text is not here: it travels as `/content/{digest}`."""

from datetime import datetime

from pydantic import Field

from app.domain.health import HealthState
from app.domain.status import Status
from app.schemas.base import Command, View
from app.schemas.listing import Listed, Listing


class DocumentFacts(View):
    """What is shown of a document everywhere. `number` is the whole `KEY-n`."""

    number: str
    title: str
    status: str
    status_label: str
    status_tone: str
    health_label: str
    health_tone: str
    owner: str
    space_key: str
    space_name: str
    updated_at: datetime


class DocumentRow(DocumentFacts):
    """One line of the documents table."""

    summary: str


class DocumentPage(Listed[DocumentRow]):
    """Documents that the viewer may read."""


class CreateDocument(Command):
    """`space` is the key of a space. `file_name` is where the text comes from: it gives a title to a text that has
    none, and lets an import of the same file find this document.
    """

    space: str = Field(max_length=20)
    text: str
    file_name: str = Field("", max_length=400)
    message: str = Field("", max_length=2000)


class FindDocuments(Listing):
    """Every filter narrows; of several values for one filter any will do. `owner` is a person's id, or `me`; `q` is
    looked for in titles and summaries, or is a whole number. Sorted by `updated`, `created` or `title`.
    """

    space: tuple[str, ...] = Field((), max_length=50)
    status: tuple[Status, ...] = Field((), max_length=10)
    health: tuple[HealthState, ...] = Field((), max_length=10)
    owner: str = Field("", max_length=32)
    q: str = Field("", max_length=200)


class ChangeDocument(Command):
    """What is left out stays. `owner` is the id of somebody who may read the document, `space` the key of another one,
    where it gets a new number. What the text says of it is changed by saving a text.
    """

    owner: str | None = Field(None, pattern=r"^[0-9a-f]{32}$")
    space: str | None = Field(None, max_length=20)


class Known(Command):
    """The document as a change of it was decided on: its newest revision and, when they looked at its head, the
    fingerprint of that.
    """

    revision: int
    fingerprint: str = ""


class FindDeleted(Listing):
    """Sorted by `deleted`, the last first."""


class DeletedDocument(View):
    """A document that can be restored."""

    number: str
    title: str
    owner: str
    revision: int
    deleted_at: datetime


class DocumentView(DocumentFacts):
    """The header of a document. `content_digest` is the address of its rendered head revision; `may` names what the
    viewer may do besides: assign, move, delete.
    """

    revision: int
    content_digest: str
    can_write: bool
    can_share: bool
    may: tuple[str, ...]
    findings: int
