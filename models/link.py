"""Links that somebody opens once to do something without being signed in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field

from app.core import ids
from models.types import Table, UtcTime, Word


class LinkKind(StrEnum):
    """What a link is good for."""

    sign_up = "sign_up"
    reset = "reset"
    address = "address"
    invitation = "invitation"


class Link(Table, table=True):
    """A link that is still open: spent or replaced it is gone. `email` is where it leads to; `user_id` whose account it
    concerns, if there is one; `role` and `space_role` are what an invitation gives, by the word or id of the role.
    """

    __tablename__ = "link"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    kind: LinkKind = Field(sa_column=Column(Word(LinkKind), nullable=False))
    digest: str = Field(max_length=64, unique=True)
    email: str = Field(max_length=320, index=True)
    user_id: str | None = Field(default=None, foreign_key="user.id", index=True, max_length=32)
    role: str | None = Field(default=None, max_length=32)
    space_id: str | None = Field(default=None, foreign_key="space.id", index=True, max_length=32)
    space_role: str | None = Field(default=None, max_length=32)
    made_by: str | None = Field(default=None, foreign_key="user.id", index=True, max_length=32)
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)
