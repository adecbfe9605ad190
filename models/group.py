"""Groups of people, and roles that an installation makes itself."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field

from app.core import clock, ids
from app.domain.permissions import Level
from models.types import Table, UtcTime, Word


class UserGroup(Table, table=True):
    """`site_role` is what everybody in it holds on the site: the word of a role, or a custom one's id. Who signs in
    through a provider that says `claim` of them is in it, and only as long as it says so.
    """

    __tablename__ = "user_group"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    name: str = Field(max_length=120, unique=True)
    description: str = Field(default="", max_length=1000)
    site_role: str | None = Field(default=None, max_length=32)
    claim: str | None = Field(default=None, max_length=200, unique=True)
    version: int = 1
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)


class GroupMember(Table, table=True):
    """`by_claim` are kept by the provider: each sign-in through it adds and removes them."""

    __tablename__ = "group_member"

    group_id: str = Field(foreign_key="user_group.id", primary_key=True, max_length=32)
    user_id: str = Field(foreign_key="user.id", primary_key=True, index=True, max_length=32)
    by_claim: bool = False


class CustomRole(Table, table=True):
    """A set of permissions with a name. Permissions that are unknown by now carry nothing."""

    __tablename__ = "custom_role"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    name: str = Field(max_length=120, unique=True)
    level: Level = Field(sa_column=Column(Word(Level), nullable=False))
    permissions: list[str] = Field(sa_column=Column(JSON, nullable=False))
    version: int = 1
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
