"""Files of evidence: exactly as they were sent, and what was read out of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary
from sqlmodel import Field

from app.core import clock, ids
from app.domain.evidence.kind import Kind
from models.types import Table, UtcTime, Word


class EvidenceFile(Table, table=True):
    """`summary` and `words` are derived from `content`. That stands last: a list does not come near it."""

    __tablename__ = "evidence_file"
    __table_args__ = (Index("ix_evidence_file_space_id_id", "space_id", "id"),)

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    space_id: str = Field(foreign_key="space.id", max_length=32)
    kind: Kind = Field(sa_column=Column(Word(Kind), nullable=False))
    ending: str = Field(max_length=10)
    format: str = Field(max_length=40)
    file_name: str = Field(max_length=255)
    size: int
    digest: str = Field(max_length=64)
    words: str = Field(max_length=500)
    summary: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    added_by: str = Field(foreign_key="user.id", max_length=32)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    content: bytes = Field(sa_type=LargeBinary)
