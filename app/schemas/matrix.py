"""Who holds which permission, as a list."""

from pydantic import Field

from app.core.paging import MAX_LIMIT
from app.domain.permissions import Level, Permission
from app.schemas.base import View
from app.schemas.listing import Listing, Words


class FindPermissions(Listing):
    """All fit on one page. `holder` is a whole name of a column."""

    limit: int = Field(MAX_LIMIT, ge=1, le=MAX_LIMIT)
    level: Level | None = None
    holder: Words = ""


class PermissionView(View):
    """`words` complete "You may not …". `holders` are roles, and ways of standing to a thing without one."""

    permission: Permission
    level: Level
    words: str
    holders: tuple[str, ...]
