"""Who somebody is at an identity provider, and the way there and back."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field

from app.core import ids
from models.types import Table, UtcTime, Word


class LinkedIdentity(Table, table=True):
    """An account's identity at a provider: issuer and subject together, never the address. `email` is what the
    provider said when it was linked; it is shown to its person and decides nothing.
    """

    __tablename__ = "linked_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    user_id: str = Field(foreign_key="user.id", index=True, max_length=32)
    issuer: str = Field(max_length=255)
    subject: str = Field(max_length=255)
    provider: str = Field(max_length=40)
    email: str = Field(default="", max_length=320)
    created_at: datetime = Field(sa_type=UtcTime)
    last_used_at: datetime = Field(sa_type=UtcTime)


class Errand(StrEnum):
    """What somebody goes to a provider for."""

    sign_in = "sign_in"
    link = "link"
    confirm = "confirm"
    invitation = "invitation"


class ProviderVisit(Table, table=True):
    """Somebody who is on the way to a provider and back. Good once and for minutes, in the browser that began it, and
    for what concerns an account in the session that began it. `link_id` names the invitation that it is for, which may
    be gone by now: nothing holds the two together.
    """

    __tablename__ = "provider_visit"

    state_digest: str = Field(primary_key=True, max_length=64)
    browser_digest: str = Field(max_length=64)
    provider: str = Field(max_length=40)
    errand: Errand = Field(sa_column=Column(Word(Errand), nullable=False))
    nonce: str = Field(max_length=64)
    code_verifier: str = Field(max_length=64)
    location: str = Field(max_length=1000)
    session_id: str | None = Field(default=None, max_length=32)
    link_id: str | None = Field(default=None, max_length=32)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)
