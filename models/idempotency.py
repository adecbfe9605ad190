"""What was asked for under an Idempotency-Key, and what was answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from app.core import clock
from models.types import Table, UtcTime


class IdempotencyKey(Table, table=True):
    """Written in the transaction of its effect: there is no effect without its key, and no key without its effect.
    `request` is the digest of what was asked for; an `answer` with a secret in it is sealed.
    """

    __tablename__ = "idempotency_key"

    user_id: str = Field(foreign_key="user.id", primary_key=True, max_length=32)
    key: str = Field(primary_key=True, max_length=200)
    request: str = Field(max_length=64)
    answer: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
