"""Bringing texts in: files as they came, and the report of what became of each."""

from datetime import datetime
from enum import StrEnum

from app.schemas.base import Command, View


class Outcome(StrEnum):
    """`exists` is a question put to the person; the others are settled."""

    created = "created"
    revised = "revised"
    exists = "exists"
    refused = "refused"
    dropped = "dropped"


class Choice(StrEnum):
    """The answers to `Outcome.exists`."""

    revise = "revise"
    create = "create"
    drop = "drop"


class ImportFile(Command):
    """`name` is a label and never a path; `data` is exactly what was sent."""

    name: str
    data: bytes


class ImportTexts(Command):
    space_key: str
    files: tuple[ImportFile, ...]


class SectionView(View):
    """What was read in one section. `line` is 1-based; `verdict` is understood, prose or not understood."""

    title: str
    level: int
    line: int
    role: str
    verdict: str
    understood: tuple[str, ...]
    note: str


class ImportItemView(View):
    """`number` is set once a document holds the text; `existing_number` is the document asked about by `exists`."""

    id: str
    file_name: str
    outcome: Outcome
    number: str | None
    title: str
    message: str
    sections: tuple[SectionView, ...]
    existing_number: str | None


class ImportView(View):
    id: str
    created_at: datetime
    space_key: str
    items: tuple[ImportItemView, ...]


class ImportTaken(View):
    """That an import was begun; its report is asked for by `id`."""

    id: str


class ResolveImport(Command):
    batch_id: str
    item_id: str
    choice: Choice
