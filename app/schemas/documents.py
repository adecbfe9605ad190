"""Documents as lists and as the head of a page. The rendered text is not here: it travels as `/content/{digest}`."""

from datetime import datetime

from app.schemas.base import View


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


class DocumentPage(View):
    """`next_cursor` is opaque; empty on the last page. `total` counts everything the actor may read."""

    items: tuple[DocumentRow, ...]
    next_cursor: str
    total: int


class DocumentView(DocumentFacts):
    """The header of a document. `content_digest` is the address of its rendered head revision."""

    revision: int
    content_digest: str
    can_write: bool
    findings: int
