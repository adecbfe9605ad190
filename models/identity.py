"""Accounts and what lets somebody in. Secrets are stored as digests or Argon2id hashes only."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column
from sqlmodel import Field

from app.core import clock, ids
from app.domain.permissions import SiteRole
from models.types import Table, UtcTime, Word


class User(Table, table=True):
    """`email` is case-folded. Without `can_sign_in` a person only owns things (sample people, leavers). An erased
    person is a pseudonym: nothing says any more who it was.
    """

    __tablename__ = "user"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    email: str = Field(max_length=320, unique=True)
    name: str = Field(max_length=120)
    role: SiteRole = Field(default=SiteRole.member, sa_column=Column(Word(SiteRole), nullable=False))
    password_hash: str | None = Field(default=None, max_length=255)
    can_sign_in: bool = True
    disabled_at: datetime | None = Field(default=None, sa_type=UtcTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcTime)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)

    @property
    def may_sign_in(self) -> bool:
        return self.can_sign_in and self.disabled_at is None


class Client(StrEnum):
    """What holds a session: a browser with a cookie, or a program with an access and a refresh token."""

    browser = "browser"
    api = "api"


class AuthSession(Table, table=True):
    """Somebody signed in. The cookie's secret is stored as its SHA-256 only; a program's session has none that
    anybody knows. `authenticated_at` is when a password or a provider last proved who it is.
    """

    __tablename__ = "auth_session"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    token_digest: str = Field(max_length=64, unique=True)
    user_id: str = Field(foreign_key="user.id", index=True, max_length=32)
    created_at: datetime = Field(sa_type=UtcTime)
    last_seen_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcTime)
    client: Client = Field(default=Client.browser, sa_column=Column(Word(Client), nullable=False))
    authenticated_at: datetime = Field(sa_type=UtcTime)
    user_agent: str = Field(default="", max_length=300)
    address: str = Field(default="", max_length=64)


class RefreshToken(Table, table=True):
    """One link in the chain of a program's session. Used once: then it names its one successor."""

    __tablename__ = "refresh_token"

    digest: str = Field(primary_key=True, max_length=64)
    session_id: str = Field(foreign_key="auth_session.id", index=True, max_length=32)
    created_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)
    successor_digest: str | None = Field(default=None, max_length=64)


class PersonalToken(Table, table=True):
    """A long-lived token that a person made for a program, with less than their own rights."""

    __tablename__ = "personal_token"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    user_id: str = Field(foreign_key="user.id", index=True, max_length=32)
    name: str = Field(max_length=120)
    digest: str = Field(max_length=64, unique=True)
    scopes: list[str] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)


class SetupToken(Table, table=True):
    """The one-time link that makes the first account."""

    __tablename__ = "setup_token"

    digest: str = Field(primary_key=True, max_length=64)
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)
