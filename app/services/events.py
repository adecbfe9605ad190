"""What happened, as recorded in a unit of work. Facts only: reactions are subscribers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar


class Action(StrEnum):
    """Audit tags, `source:subject:action`. They are stored: rename none."""

    owner_set_up = "account:owner:set_up"
    session_started = "account:session:started"
    session_confirmed = "account:session:confirmed"
    session_refused = "account:session:refused"
    session_ended = "account:session:ended"
    refresh_reused = "account:session:refresh_reused"
    token_made = "account:token:made"  # noqa: S105 -- a tag
    token_revoked = "account:token:revoked"  # noqa: S105 -- a tag
    password_changed = "account:password:changed"  # noqa: S105 -- a tag
    link_made = "account:link:made"
    password_reset = "account:password:reset"  # noqa: S105 -- a tag
    invited = "account:invitation:made"
    invitation_accepted = "account:invitation:accepted"
    invitation_withdrawn = "account:invitation:withdrawn"
    reset_link_made = "account:link:made_for"
    owner_recovered = "account:owner:recovered"
    address_changed = "account:address:changed"
    profile_changed = "account:profile:changed"
    second_factor_on = "account:second_factor:on"
    second_factor_off = "account:second_factor:off"
    recovery_codes_made = "account:recovery_codes:made"
    recovery_code_used = "account:recovery_code:used"
    passkey_added = "account:passkey:added"
    passkey_removed = "account:passkey:removed"
    job_retried = "admin:job:retried"
    job_discarded = "admin:job:discarded"
    mail_read = "admin:mail:read"
    token_withdrawn = "admin:token:revoked"  # noqa: S105 -- a tag
    session_closed = "admin:session:closed"
    audit_exported = "admin:audit:exported"
    account_made = "account:user:made"
    identity_linked = "account:identity:linked"
    identity_unlinked = "account:identity:unlinked"
    space_created = "space:space:created"
    space_changed = "space:space:changed"
    space_archived = "space:space:archived"
    space_reopened = "space:space:reopened"
    member_put = "space:member:put"
    member_removed = "space:member:removed"
    member_left = "space:member:left"
    group_put = "space:group:put"
    group_removed = "space:group:removed"
    document_left = "space:document:moved_away"
    evidence_added = "space:evidence:added"
    evidence_removed = "space:evidence:removed"
    role_changed = "admin:user:role_changed"
    person_disabled = "admin:user:disabled"
    person_enabled = "admin:user:enabled"
    person_handed_over = "admin:user:handed_over"
    person_erased = "admin:user:erased"
    group_made = "admin:group:made"
    group_changed = "admin:group:changed"
    group_deleted = "admin:group:deleted"
    group_joined = "admin:group:joined"
    group_parted = "admin:group:parted"
    custom_role_made = "admin:role:made"
    custom_role_changed = "admin:role:changed"
    custom_role_deleted = "admin:role:deleted"
    document_invited = "document:person:invited"
    document_uninvited = "document:person:uninvited"
    document_assigned = "document:owner:changed"
    document_moved = "document:document:moved"
    document_deleted = "document:document:deleted"
    document_restored = "document:document:restored"
    share_link_made = "document:link:made"
    share_link_revoked = "document:link:revoked"
    document_created = "document:document:created"
    documents_exported = "document:documents:exported"
    revision_saved = "document:revision:saved"


@dataclass(frozen=True, kw_only=True)
class Event:
    """`details` are small JSON facts without secrets and without document text."""

    action: ClassVar[Action]
    object_type: ClassVar[str]
    actor_id: str | None
    object_id: str
    result: str = "ok"
    details: Mapping[str, Any] = field(default_factory=dict)


class OwnerSetUp(Event):
    action = Action.owner_set_up
    object_type = "user"


class SignedIn(Event):
    action = Action.session_started
    object_type = "session"


class SessionConfirmed(Event):
    """Whoever holds the session proved again that it is theirs."""

    action = Action.session_confirmed
    object_type = "session"


class SignInRefused(Event):
    """`object_id` is the account that was tried, or `unknown`: what was typed is not kept."""

    action = Action.session_refused
    object_type = "user"


class SignedOut(Event):
    action = Action.session_ended
    object_type = "session"


class RefreshReused(Event):
    """A used refresh token was shown again: the session that it belongs to has ended."""

    action = Action.refresh_reused
    object_type = "session"


class TokenMade(Event):
    action = Action.token_made
    object_type = "token"


class TokenRevoked(Event):
    action = Action.token_revoked
    object_type = "token"


class PasswordChanged(Event):
    action = Action.password_changed
    object_type = "user"


class LinkAsked(Event):
    """A link that works once goes to the address that asked for it."""

    action = Action.link_made
    object_type = "link"


class PasswordReset(Event):
    """A new password by a link: all sessions of the account have ended."""

    action = Action.password_reset
    object_type = "user"


class Invited(Event):
    """Somebody is invited; `object_id` is the link."""

    action = Action.invited
    object_type = "link"


class InvitationAccepted(Event):
    action = Action.invitation_accepted
    object_type = "link"


class InvitationWithdrawn(Event):
    action = Action.invitation_withdrawn
    object_type = "link"


class ResetLinkMade(Event):
    """A link for a new password was made for somebody else."""

    action = Action.reset_link_made
    object_type = "user"


class OwnerRecovered(Event):
    """By whoever commands the server: a way in for an owner."""

    action = Action.owner_recovered
    object_type = "user"


class AddressChanged(Event):
    action = Action.address_changed
    object_type = "user"


class ProfileChanged(Event):
    action = Action.profile_changed
    object_type = "user"


class SecondFactorOn(Event):
    action = Action.second_factor_on
    object_type = "user"


class SecondFactorOff(Event):
    action = Action.second_factor_off
    object_type = "user"


class RecoveryCodesMade(Event):
    action = Action.recovery_codes_made
    object_type = "user"


class RecoveryCodeUsed(Event):
    action = Action.recovery_code_used
    object_type = "user"


class PasskeyAdded(Event):
    action = Action.passkey_added
    object_type = "passkey"


class PasskeyRemoved(Event):
    action = Action.passkey_removed
    object_type = "passkey"


class JobRetried(Event):
    action = Action.job_retried
    object_type = "job"


class JobDiscarded(Event):
    action = Action.job_discarded
    object_type = "job"


class MailRead(Event):
    """Somebody who runs the site read a mail to another person, with the link in it. `details` name the person."""

    action = Action.mail_read
    object_type = "mail"


class SessionClosed(Event):
    """Somebody's session was ended by another. `details` name whose it was."""

    action = Action.session_closed
    object_type = "session"


class DocumentsExported(Event):
    """`details` hold the format, the number of documents, and what was asked for."""

    action = Action.documents_exported
    object_type = "documents"


class AuditExported(Event):
    """`details` hold the format, the number of rows, and what was asked for."""

    action = Action.audit_exported
    object_type = "audit"


class AccountMade(Event):
    """`details.by` says how."""

    action = Action.account_made
    object_type = "user"


class IdentityLinked(Event):
    action = Action.identity_linked
    object_type = "identity"


class IdentityUnlinked(Event):
    action = Action.identity_unlinked
    object_type = "identity"


class SpaceCreated(Event):
    action = Action.space_created
    object_type = "space"


class DocumentCreated(Event):
    action = Action.document_created
    object_type = "document"


class RevisionSaved(Event):
    action = Action.revision_saved
    object_type = "document"
