"""The permission matrix: what is judged at run time, as a list to read. Nothing of it is stored."""

from app.domain.permissions import Level, Permission
from app.domain.permissions.matrix import columns, permissions
from app.schemas.identity import Actor
from app.schemas.listing import Listed
from app.schemas.matrix import FindPermissions, PermissionView
from app.services import authorize
from app.services.unit_of_work import reading


async def find(actor: Actor, query: FindPermissions) -> Listed[PermissionView]:
    """By what they are about: the site, a space, a document. Always the whole: cursor and order mean nothing here."""
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.role_read)
    levels = [query.level] if query.level else list(Level)
    found = [view for level in levels for view in _level(level) if not query.holder or query.holder in view.holders]
    return Listed(items=tuple(found), next_cursor="", total=len(found), is_cut=False)


def _level(level: Level) -> list[PermissionView]:
    held = columns(level)
    return [
        PermissionView(
            permission=permission,
            level=level,
            words=permission.words,
            holders=tuple(name for name, rights in held.items() if permission in rights),
        )
        for permission in permissions(level)
    ]
