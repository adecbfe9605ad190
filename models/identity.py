"""Accounts and what lets somebody in. Secrets are stored as digests or Argon2id hashes only."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field

from app.core import clock, ids
from app.domain.permissions import SiteRole
from models.types import Table, UtcTime, Word


class User(Table, table=True):
    """`email` is case-folded. Without `can_sign_in` a person only owns things (sample people, leavers)."""

    __tablename__ = "user"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    email: str = Field(max_length=320, unique=True)
    name: str = Field(max_length=120)
    role: SiteRole = Field(default=SiteRole.member, sa_column=Column(Word(SiteRole), nullable=False))
    password_hash: str | None = Field(default=None, max_length=255)
    can_sign_in: bool = True
    disabled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)


class AuthSession(Table, table=True):
    """A browser that is signed in. The cookie's secret is stored as its SHA-256 only."""

    __tablename__ = "auth_session"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    token_digest: str = Field(max_length=64, unique=True)
    user_id: str = Field(foreign_key="user.id", index=True, max_length=32)
    created_at: datetime = Field(sa_type=UtcTime)
    last_seen_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
    user_agent: str = Field(default="", max_length=300)
    address: str = Field(default="", max_length=64)


class SetupToken(Table, table=True):
    """The one-time link that makes the first account."""

    __tablename__ = "setup_token"

    digest: str = Field(primary_key=True, max_length=64)
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)
