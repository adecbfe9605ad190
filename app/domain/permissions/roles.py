"""Roles as sets of permissions: those that every installation has, and what else a set of permissions is given for.

This is the one table. The matrix in `docs/permissions.md`, the admin's page and the tests are made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.permissions.permission import Level, Permission

Permissions = frozenset[Permission]


class SiteRole(StrEnum):
    """Held by an account. Owner and admin run the site; reading a document takes more, theirs too."""

    owner = "owner"
    admin = "admin"
    member = "member"
    guest = "guest"


class SpaceRole(StrEnum):
    """Held in one space, or by invitation on one document."""

    maintainer = "maintainer"
    author = "author"
    reviewer = "reviewer"
    reader = "reader"


class Visibility(StrEnum):
    """Who can read a space without a role in it: nobody, everybody with an account who is no guest, everybody."""

    private = "private"
    instance = "instance"
    public = "public"


class Scope(StrEnum):
    """What a personal access token is for; it never carries more than its person may do."""

    read = "documents:read"
    write = "documents:write"
    evidence = "evidence:write"
    spaces = "spaces:manage"
    site = "site:manage"


P = Permission

ANYBODY: Permissions = frozenset({P.space_read, P.document_read, P.revision_read})
"""What everybody may do with a public space, signed in or not."""

LINKED: Permissions = frozenset({P.document_read})
"""What a share link gives to whoever has it: the newest text of its document, not what it said before."""

_READER = ANYBODY | {P.member_read, P.evidence_read}
_REVIEWER = _READER
_AUTHOR = _REVIEWER | {P.document_create, P.document_import, P.revision_save, P.evidence_add}
_SHARING = frozenset({P.share_read, P.share_invite, P.share_link})
_KEEPING = frozenset({P.document_assign, P.document_move, P.document_delete, P.document_audit})
_MAINTAINER = (
    _AUTHOR
    | _SHARING
    | _KEEPING
    | {P.space_update, P.space_publish, P.space_archive, P.space_audit, P.evidence_remove}
    | {P.member_add, P.member_change, P.member_remove}
)

SPACE: Mapping[SpaceRole, Permissions] = MappingProxyType(
    {
        SpaceRole.maintainer: _MAINTAINER,
        SpaceRole.author: _AUTHOR,
        SpaceRole.reviewer: _REVIEWER,
        SpaceRole.reader: _READER,
    }
)

DOCUMENT_OWNER: Permissions = _SHARING | _KEEPING | {P.revision_save}
"""What owning a document adds for somebody who may read it by a role or an invitation."""

INVITED: tuple[SpaceRole, ...] = (SpaceRole.author, SpaceRole.reviewer, SpaceRole.reader)
"""The roles that somebody can be invited to one document with. They carry there what is about a document."""

_MEMBER = frozenset({P.user_read, P.group_read, P.role_read})
_PEOPLE = frozenset({P.user_invite, P.user_change, P.user_disable, P.user_hand_over, P.user_erase})
_WATCHING = frozenset(
    {P.site_watch, P.session_read, P.token_read, P.audit_read, P.audit_export, P.job_read, P.outbox_read}
)
_ADMIN = (
    _MEMBER
    | _PEOPLE
    | _WATCHING
    | {P.space_create, P.space_oversee, P.group_change, P.role_change}
    | {P.session_end, P.token_revoke, P.job_retry, P.outbox_copy}
)

SITE: Mapping[SiteRole, Permissions] = MappingProxyType(
    {
        SiteRole.owner: _ADMIN | {P.user_appoint},
        SiteRole.admin: _ADMIN,
        SiteRole.member: _MEMBER,
        SiteRole.guest: frozenset(),
    }
)

OVERSEER: Permissions = frozenset(
    {P.space_read, P.space_audit, P.member_read, P.member_add, P.member_change, P.member_remove, P.space_archive}
)
"""What `space:oversee` gives on every space: seeing to its people, never reading its documents."""

WHEN_ARCHIVED: Permissions = _READER | {P.space_archive, P.space_audit, P.document_audit, P.member_remove, P.share_read}
"""What is left of anybody's permissions in a space that is archived."""

SCOPES: Mapping[Scope, Permissions] = MappingProxyType(
    {
        Scope.read: _READER,
        Scope.write: _AUTHOR,
        Scope.evidence: frozenset({P.space_read, P.evidence_read, P.evidence_add}),
        Scope.spaces: _MAINTAINER | _MEMBER | {P.space_create},
        Scope.site: _ADMIN | {P.user_appoint} | OVERSEER,
    }
)


@dataclass(frozen=True)
class Role:
    """A named set of permissions. `key` is what is stored with whoever holds it: its word, or a custom role's id."""

    key: str
    name: str
    level: Level
    permissions: Permissions
    is_custom: bool = False


BUILT_IN: Mapping[str, Role] = MappingProxyType(
    {
        **{role.value: Role(role, role.capitalize(), Level.site, held) for role, held in SITE.items()},
        **{role.value: Role(role, role.capitalize(), Level.space, held) for role, held in SPACE.items()},
    }
)


def custom(key: str, name: str, level: Level, permissions: Permissions) -> Role:
    """A role in a space always reads it: whoever is in a space can see it. Raises `ValueError` for what the level
    cannot carry.
    """
    carried = permissions if level is Level.site else permissions | _READER
    if any((permission.level is Level.site) != (level is Level.site) for permission in carried):
        raise ValueError("a role carries permissions of its own level only")
    return Role(key, name, level, carried, is_custom=True)
