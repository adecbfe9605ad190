"""Accounts for those who look after them, and as others see them."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from app.domain.permissions import SiteRole
from app.schemas.base import Command, View
from app.schemas.listing import Listing, Words


class PersonState(StrEnum):
    active = "active"
    disabled = "disabled"
    erased = "erased"


class FindPeople(Listing):
    """`who` is an id, or part of a name or address. `role` and `state` are for those who look after accounts."""

    who: Words = ""
    role: SiteRole | None = None
    state: PersonState | None = None


class PersonView(View):
    """Everything behind `email` is for those who look after accounts; others are shown people who may sign in."""

    id: str
    name: str
    initials: str
    email: str
    role: SiteRole | None = None
    state: PersonState | None = None
    created_at: datetime | None = None
    last_seen_at: datetime | None = None


class ChangePerson(Command):
    role: SiteRole


class HandOver(Command):
    """`to` is the id of whoever takes everything over."""

    to: str = Field(pattern=r"^[0-9a-f]{32}$")


class HandedOver(View):
    """What went over, and what ended."""

    documents: int
    spaces: int
    groups: int
    sessions: int
    tokens: int
