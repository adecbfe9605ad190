"""Every permission there is: what it is about, and how a sentence says it. Which role carries which is `roles`'."""

from enum import StrEnum
from typing import Self


class Level(StrEnum):
    """What a permission is about, and so which roles can carry it. A role in a space carries those on its documents."""

    site = "site"
    space = "space"
    document = "document"


class Permission(StrEnum):
    """`noun:verb`. `words` complete "You may not …"."""

    level: Level
    words: str

    def __new__(cls, value: str, level: Level = Level.site, words: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.level, member.words = level, words
        return member

    site_watch = "site:watch", Level.site, "see how this site is doing"
    space_create = "space:create", Level.site, "create a space"
    space_oversee = "space:oversee", Level.site, "look after spaces of others"
    user_read = "user:read", Level.site, "see who has an account"
    user_invite = "user:invite", Level.site, "invite people to this site"
    user_change = "user:change", Level.site, "change this account"
    user_appoint = "user:appoint", Level.site, "change an owner or admin, or make somebody one"
    user_disable = "user:disable", Level.site, "disable this account"
    user_hand_over = "user:hand_over", Level.site, "hand over what belongs to this person"
    user_erase = "user:erase", Level.site, "erase this person"
    group_read = "group:read", Level.site, "see the groups"
    group_change = "group:change", Level.site, "change groups"
    role_read = "role:read", Level.site, "see the roles"
    role_change = "role:change", Level.site, "change roles"
    session_read = "session:read", Level.site, "see the sessions of others"
    session_end = "session:end", Level.site, "end the sessions of others"
    token_read = "token:read", Level.site, "see the tokens of others"
    token_revoke = "token:revoke", Level.site, "revoke the tokens of others"
    audit_read = "audit:read", Level.site, "read the audit log"
    audit_export = "audit:export", Level.site, "export the audit log"
    job_read = "job:read", Level.site, "see the side work"
    job_retry = "job:retry", Level.site, "have side work done again"
    outbox_read = "outbox:read", Level.site, "see the mails that were sent"
    outbox_copy = "outbox:copy", Level.site, "copy a link that was mailed to somebody"

    space_read = "space:read", Level.space, "see this space"
    space_update = "space:update", Level.space, "change the name and description of this space"
    space_publish = "space:publish", Level.space, "decide who can see this space"
    space_archive = "space:archive", Level.space, "archive this space or take it back into use"
    space_audit = "space:audit", Level.space, "read what happened in this space"
    member_read = "member:read", Level.space, "see who is in this space"
    member_add = "member:add", Level.space, "add people to this space"
    member_change = "member:change", Level.space, "change roles in this space"
    member_remove = "member:remove", Level.space, "remove people from this space"
    document_create = "document:create", Level.space, "add documents to this space"
    document_import = "document:import", Level.space, "import documents into this space"
    evidence_read = "evidence:read", Level.space, "read the evidence of this space"
    evidence_add = "evidence:add", Level.space, "add evidence to this space"
    evidence_remove = "evidence:remove", Level.space, "delete evidence of this space"

    document_read = "document:read", Level.document, "read this document"
    document_assign = "document:assign", Level.document, "give this document another owner"
    document_move = "document:move", Level.document, "move this document to another space"
    document_delete = "document:delete", Level.document, "delete this document or restore it"
    document_audit = "document:audit", Level.document, "read what happened to this document"
    revision_read = "revision:read", Level.document, "read the history of this document"
    revision_save = "revision:save", Level.document, "change this document"
    share_read = "share:read", Level.document, "see with whom this document is shared"
    share_invite = "share:invite", Level.document, "invite people to this document"
    share_link = "share:link", Level.document, "make links to this document"
