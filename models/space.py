"""Spaces and who holds which role in them."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field

from app.core import clock, ids
from app.domain.permissions import SpaceRole
from models.types import Table, UtcTime, Word


class Space(Table, table=True):
    """`key` never changes; `next_number` only grows, so a number is never given twice."""

    __tablename__ = "space"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    key: str = Field(max_length=10, unique=True)
    name: str = Field(max_length=120)
    next_number: int = 1
    is_sample: bool = False
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)


class SpaceMember(Table, table=True):
    __tablename__ = "space_member"

    space_id: str = Field(foreign_key="space.id", primary_key=True, max_length=32)
    user_id: str = Field(foreign_key="user.id", primary_key=True, index=True, max_length=32)
    role: SpaceRole = Field(sa_column=Column(Word(SpaceRole), nullable=False))
