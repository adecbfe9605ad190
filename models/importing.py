"""Imports and what became of each file of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from app.core import clock, ids
from models.types import Table, UtcTime


class ImportBatch(Table, table=True):
    __tablename__ = "import_batch"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    user_id: str = Field(foreign_key="user.id", index=True, max_length=32)
    space_id: str = Field(foreign_key="space.id", max_length=32)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)


class ImportItem(Table, table=True):
    """`text` is kept only while a question about it is open; `document_id` is what it became or is asked about."""

    __tablename__ = "import_item"
    __table_args__ = (UniqueConstraint("batch_id", "position"),)

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    batch_id: str = Field(foreign_key="import_batch.id", max_length=32)
    position: int
    file_name: str = Field(max_length=255)
    title: str = Field(default="", max_length=300)
    outcome: str = Field(max_length=20)
    text: str | None = Field(default=None, sa_type=Text)
    document_id: str | None = Field(default=None, foreign_key="document.id", max_length=32)
    message: str = Field(default="", max_length=500)
    report: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
