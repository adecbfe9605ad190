"""Spaces and who holds which role in them: people, and groups of people."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field

from app.core import clock, ids
from app.domain.permissions import Visibility
from models.types import Table, UtcTime, Word


class Space(Table, table=True):
    """`key` never changes; `next_number` only grows, so a number is never given twice. `version` counts the changes
    that people make to it.
    """

    __tablename__ = "space"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    key: str = Field(max_length=10, unique=True)
    name: str = Field(max_length=120)
    description: str = Field(default="", max_length=1000)
    visibility: Visibility = Field(default=Visibility.private, sa_column=Column(Word(Visibility), nullable=False))
    version: int = 1
    next_number: int = 1
    is_sample: bool = False
    archived_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)


class SpaceMember(Table, table=True):
    """`role` is the word of a role that every installation has, or the id of a custom one."""

    __tablename__ = "space_member"

    space_id: str = Field(foreign_key="space.id", primary_key=True, max_length=32)
    user_id: str = Field(foreign_key="user.id", primary_key=True, index=True, max_length=32)
    role: str = Field(max_length=32)


class SpaceGroup(Table, table=True):
    """A group in a space: everybody in it holds the role."""

    __tablename__ = "space_group"

    space_id: str = Field(foreign_key="space.id", primary_key=True, max_length=32)
    group_id: str = Field(foreign_key="user_group.id", primary_key=True, index=True, max_length=32)
    role: str = Field(max_length=32)
