"""Side work that is due: mails to send and the like, written in the transaction of the change that asks for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from app.core import clock, ids
from models.types import Table, UtcTime


class OutboxRow(Table, table=True):
    """Open until `done_at` or `failed_at` is set. `leased_by` is new at each claim: only its holder may end the row."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_done_at_failed_at_due_at", "done_at", "failed_at", "due_at"),)

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    kind: str = Field(max_length=40)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    key: str | None = Field(default=None, max_length=120, unique=True)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    due_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    attempts: int = Field(default=0)
    lease_until: datetime | None = Field(default=None, sa_type=UtcTime)
    leased_by: str | None = Field(default=None, max_length=32)
    done_at: datetime | None = Field(default=None, sa_type=UtcTime)
    failed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    last_error: str = Field(default="", max_length=200)
