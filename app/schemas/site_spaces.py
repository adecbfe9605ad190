"""All spaces of the site, for those who look after them."""

from datetime import datetime
from enum import StrEnum

from app.domain.permissions import Visibility
from app.schemas.base import View
from app.schemas.listing import Listing, Words


class SpaceState(StrEnum):
    used = "used"
    archived = "archived"


class FindSpaces(Listing):
    """`what` is a part of a key or a name."""

    what: Words = ""
    state: SpaceState | None = None
    visibility: Visibility | None = None


class SiteSpaceView(View):
    """`maintainers` are people; who maintains it by a group is not among them."""

    id: str
    key: str
    name: str
    visibility: Visibility
    state: SpaceState
    documents: int
    people: int
    groups: int
    maintainers: tuple[str, ...]
    created_at: datetime
