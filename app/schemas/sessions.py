"""Everybody's sessions, as those who run the site see them."""

from datetime import datetime
from enum import StrEnum

from app.schemas.base import View
from app.schemas.listing import Listing, Words


class SessionKind(StrEnum):
    """What holds it: a browser with a cookie, or a program with tokens."""

    browser = "browser"
    api = "api"


class FindSessions(Listing):
    """`who` is a part of a name or an address of a person."""

    who: Words = ""
    client: SessionKind | None = None


class OpenSessionView(View):
    id: str
    user_id: str
    name: str
    email: str
    client: SessionKind
    user_agent: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_current: bool
