"""Documents shared beyond their space: with people by name, with whoever has a link."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field

from app.core import clock, ids
from app.domain.permissions import SpaceRole
from models.types import Table, UtcTime, Word


class DocumentMember(Table, table=True):
    """Somebody invited to one document."""

    __tablename__ = "document_member"

    document_id: str = Field(foreign_key="document.id", primary_key=True, max_length=32)
    user_id: str = Field(foreign_key="user.id", primary_key=True, index=True, max_length=32)
    role: SpaceRole = Field(sa_column=Column(Word(SpaceRole), nullable=False))


class ShareLink(Table, table=True):
    """A link with which one document can be read until it expires or is revoked. Its secret is stored as SHA-256."""

    __tablename__ = "share_link"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    document_id: str = Field(foreign_key="document.id", index=True, max_length=32)
    digest: str = Field(max_length=64, unique=True)
    made_by: str = Field(foreign_key="user.id", max_length=32)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)
