"""Roles, permissions, and which role carries which. Pure: who holds what role is the repositories' to say."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class SiteRole(StrEnum):
    """Held by an account. Owner and admin run the site; reading a space takes a role in that space, theirs too."""

    owner = "owner"
    admin = "admin"
    member = "member"


class SpaceRole(StrEnum):
    """Held in one space."""

    maintainer = "maintainer"
    author = "author"
    reviewer = "reviewer"
    reader = "reader"


class Permission(StrEnum):
    """`noun:verb`. Those of `SITE` are judged by the site role, all others by the role in the document's space."""

    space_create = "space:create"
    document_read = "document:read"
    document_create = "document:create"
    revision_save = "revision:save"


class Scope(StrEnum):
    """What a personal access token is for; it never carries more than its person may do."""

    read = "documents:read"
    write = "documents:write"


_READ = frozenset({Permission.document_read})
_WRITE = _READ | {Permission.document_create, Permission.revision_save}

SPACE: Mapping[SpaceRole, frozenset[Permission]] = MappingProxyType(
    {
        SpaceRole.maintainer: _WRITE,
        SpaceRole.author: _WRITE,
        SpaceRole.reviewer: _READ,
        SpaceRole.reader: _READ,
    }
)

SITE: Mapping[SiteRole, frozenset[Permission]] = MappingProxyType(
    {
        SiteRole.owner: frozenset({Permission.space_create}),
        SiteRole.admin: frozenset({Permission.space_create}),
        SiteRole.member: frozenset(),
    }
)


SCOPES: Mapping[Scope, frozenset[Permission]] = MappingProxyType({Scope.read: _READ, Scope.write: _WRITE})


def in_space(role: SpaceRole, permission: Permission) -> bool:
    return permission in SPACE[role]


def on_site(role: SiteRole, permission: Permission) -> bool:
    return permission in SITE[role]


def granted_by(permission: Permission) -> str:
    """Who can give a missing permission, for the 403 that says so."""
    return "an owner or admin of this site" if permission in SITE[SiteRole.owner] else "a maintainer of the space"
