"""Who did what to what. Append-only: the database refuses UPDATE and DELETE."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from app.core import clock, ids
from models.types import Table, UtcTime


class AuditEvent(Table, table=True):
    """No foreign keys: a row outlives what it speaks of. `details` holds no secret and no document text."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_object_type_object_id_at", "object_type", "object_id", "at"),
        Index("ix_audit_event_at_id", "at", "id"),
    )

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    actor_id: str | None = Field(default=None, max_length=32, index=True)
    action: str = Field(max_length=60)
    object_type: str = Field(max_length=30)
    object_id: str = Field(max_length=64)
    result: str = Field(max_length=20)
    address: str = Field(default="", max_length=64)
    request_id: str = Field(default="", max_length=64)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
