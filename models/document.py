"""Documents, their immutable revisions, and the numbers they once had."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Text, UniqueConstraint
from sqlmodel import Field

from app.core import clock, ids
from app.domain.health import HealthState
from app.domain.status import Status
from models.types import Table, UtcTime, Word


class Document(Table, table=True):
    """`head_id` and `head_revision` point at the newest revision and change in its transaction.

    Health and summary are derived from the head's text and may be rebuilt from it at any time. A deleted one keeps its
    number and its revisions and is there for nobody until it is restored.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("space_id", "number"),
        Index("ix_document_space_id_updated_at_id", "space_id", "updated_at", "id"),
        Index("ix_document_space_id_deleted_at", "space_id", "deleted_at"),
        Index("ix_document_updated_at_id", "updated_at", "id"),
        Index("ix_document_title_id", "title", "id"),
        Index("ix_document_space_id_title_origin", "space_id", "title", "origin"),
    )

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    space_id: str = Field(foreign_key="space.id", max_length=32)
    number: int
    title: str = Field(max_length=300)
    status: Status = Field(default=Status.draft, sa_column=Column(Word(Status), nullable=False))
    owner_id: str = Field(foreign_key="user.id", index=True, max_length=32)
    head_revision: int = 0
    head_id: str | None = Field(
        default=None,
        sa_column=Column(String(32), ForeignKey("revision.id", use_alter=True, name="fk_document_head_id")),
    )
    origin: str | None = Field(default=None, max_length=255)
    health_state: HealthState = Field(
        default=HealthState.not_checked, sa_column=Column(Word(HealthState), nullable=False)
    )
    errors: int = 0
    warnings: int = 0
    findings: int = 0
    summary: str = Field(default="", max_length=500)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    updated_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcTime)


class DocumentAlias(Table, table=True):
    """A number that a document had in another space; it leads to the document for ever."""

    __tablename__ = "document_alias"

    key: str = Field(primary_key=True, max_length=10)
    number: int = Field(primary_key=True)
    document_id: str = Field(foreign_key="document.id", index=True, max_length=32)


class Revision(Table, table=True):
    """A saved text, exactly as given. The database refuses every UPDATE of this table."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    document_id: str = Field(foreign_key="document.id", max_length=32)
    number: int
    base_number: int
    text: str = Field(sa_type=Text)
    text_digest: str = Field(max_length=64, index=True)
    size: int
    author_id: str = Field(foreign_key="user.id", max_length=32)
    message: str = Field(default="", max_length=500)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
