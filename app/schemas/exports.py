"""Taking documents out: as files, or as a table for spreadsheets and programs."""

from enum import StrEnum

from app.schemas.documents import FindDocuments


class DocumentsFormat(StrEnum):
    """`zip` has the newest texts, in a folder for each space; the others have a line for each document."""

    zip = "zip"
    csv = "csv"
    json = "json"


class ExportDocuments(FindDocuments):
    """What a list finds, wholly: its pages do not count here."""

    format: DocumentsFormat = DocumentsFormat.zip
