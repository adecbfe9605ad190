"""Everybody's personal access tokens, as those who run the site see them. What opens anything is never among it."""

from datetime import datetime

from app.domain.permissions import Scope
from app.schemas.base import View
from app.schemas.listing import Listing, Words


class FindTokens(Listing):
    """`who` is a part of a name or an address of a person. Sorted by `made` or `expires`."""

    who: Words = ""
    scope: Scope | None = None


class IssuedTokenView(View):
    id: str
    user_id: str
    person: str
    email: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
