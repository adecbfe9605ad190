"""What somebody's roles come to on the site, in one space, on one document. The repositories gather, this judges."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.permissions.permission import Level, Permission
from app.domain.permissions.roles import (
    ANYBODY,
    DOCUMENT_OWNER,
    LINKED,
    OVERSEER,
    SITE,
    SPACE,
    WHEN_ARCHIVED,
    Permissions,
    Role,
    SiteRole,
    SpaceRole,
    Visibility,
)

_NONE: Permissions = frozenset()


@dataclass(frozen=True)
class Rights:
    """What one asker may do with one thing. `missed` are what they could do as well, were its space not archived."""

    permissions: Permissions
    missed: Permissions = _NONE

    def __contains__(self, permission: Permission) -> bool:
        return permission in self.permissions


@dataclass(frozen=True)
class SiteStanding:
    """What somebody holds on the site: the role of their account and those of their groups. Nobody, and whoever may not
    sign in any more, has no role, and then nothing else counts.
    """

    role: SiteRole | None
    groups: tuple[Role, ...] = ()

    @property
    def rights(self) -> Rights:
        return Rights(_NONE if self.role is None else SITE[self.role] | _united(self.groups))


NOBODY = SiteStanding(None)


@dataclass(frozen=True)
class Standing:
    """What somebody holds that bears on a space, or on a document of it: `roles` in the space (their own and their
    groups'), and what they hold on the document alone.
    """

    site: SiteStanding
    visibility: Visibility
    roles: tuple[Role, ...] = ()
    is_archived: bool = False
    invited: SpaceRole | None = None
    is_owner: bool = False
    has_link: bool = False

    def in_space(self) -> Rights:
        return self._rights(self._held_in_space())

    def on_document(self) -> Rights:
        """Only what is about a document: a role in its space counts, owning it without any way to read it does not."""
        held = self._held_in_space()
        if self._is_somebody:
            held |= SPACE[self.invited] if self.invited else _NONE
            held |= DOCUMENT_OWNER if self.is_owner and (self.roles or self.invited) else _NONE
        held |= LINKED if self.has_link else _NONE
        return self._rights(frozenset(one for one in held if one.level is Level.document))

    @property
    def _is_somebody(self) -> bool:
        return self.site.role is not None

    def _held_in_space(self) -> Permissions:
        held = ANYBODY if self._is_open() else _NONE
        if self._is_somebody:
            held |= _united(self.roles)
            if Permission.space_oversee in self.site.rights:
                held |= OVERSEER | {Permission.space_oversee}
        return held

    def _is_open(self) -> bool:
        """Whether the space shows itself to this asker without any role in it."""
        if self.visibility is Visibility.instance:
            return self.site.role not in (None, SiteRole.guest)
        return self.visibility is Visibility.public

    def _rights(self, held: Permissions) -> Rights:
        kept = held & WHEN_ARCHIVED if self.is_archived else held
        return Rights(kept, held - kept)


def granted_by(permission: Permission) -> str:
    """Who can give a missing permission, for the 403 that says so."""
    if permission.level is Level.site:
        return "an owner or admin of this site" if permission in SITE[SiteRole.admin] else "an owner of this site"
    return "a maintainer of the space" if permission.level is Level.space else "its owner or a maintainer of its space"


def _united(roles: Iterable[Role]) -> Permissions:
    return frozenset().union(*(role.permissions for role in roles))
