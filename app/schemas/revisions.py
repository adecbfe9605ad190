"""Saving a text and looking back at what was saved."""

from datetime import datetime

from app.schemas.base import Command, View
from app.schemas.documents import DocumentView


class SaveRevision(Command):
    """`base` is the revision the text was made from; a stale one is refused and nothing is stored."""

    number: str
    base: int
    text: str
    message: str = ""


class MergeRevision(Command):
    """`text` was made from revision `base`; what others saved since is taken in where it does not contradict."""

    number: str
    base: int
    text: str
    message: str = ""


class RevisionView(View):
    """`digest` is SHA-256 of the text; `content_digest` the address of its rendering; `size` in bytes of UTF-8."""

    number: int
    author: str
    at: datetime
    message: str
    digest: str
    content_digest: str
    size: int
    is_head: bool


class HistoryPage(View):
    """Newest first. `next_cursor` is empty on the last page."""

    document: DocumentView
    items: tuple[RevisionView, ...]
    next_cursor: str
