"""What each operation takes. One that has no line here keeps the site from being built, and so does a stale line.

`Access.signed_in` stands for what is about oneself: account, sessions, tokens, one's own imports.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.domain.permissions import Permission
from app.gateway.needs import Access, Need

_READS: dict[str, Need] = {
    "GET /content/{digest}": Permission.document_read,
    "GET /content/compare/{address}/{shown}": Permission.revision_read,
    "GET /api/v1/documents": Permission.document_read,
    "GET /api/v1/exports/documents": Permission.document_read,
    "GET /api/v1/documents/{number}": Permission.document_read,
    "GET /api/v1/documents/{number}/text": Permission.document_read,
    "GET /api/v1/documents/{number}/html": Permission.document_read,
    "GET /api/v1/documents/{number}/findings": Permission.document_read,
    "GET /api/v1/documents/{number}/model": Permission.document_read,
    "GET /api/v1/documents/{number}/diagrams/{diagram}.{notation}": Permission.document_read,
    "GET /api/v1/documents/{number}/badge.svg": Permission.document_read,
    "GET /api/v1/documents/{number}/revisions": Permission.revision_read,
    "GET /api/v1/documents/{number}/compare/{old}/{new}": Permission.revision_read,
}
_WRITES: dict[str, Need] = {
    "POST /api/v1/documents/{number}/revisions": Permission.revision_save,
    "PUT /api/v1/documents/{number}/text": Permission.revision_save,
    "POST /api/v1/documents/{number}/merge": Permission.revision_save,
    "PATCH /api/v1/documents/{number}": Permission.document_assign,  # another space asks for document:move
    "DELETE /api/v1/documents/{number}": Permission.document_delete,
    "POST /api/v1/documents/{number}/restore": Permission.document_delete,
    "GET /api/v1/spaces/{key}/deleted": Permission.document_delete,
    "POST /api/v1/documents": Permission.document_create,
    "POST /api/v1/imports": Permission.document_import,
    "GET /api/v1/imports/{batch_id}": Permission.document_import,
    "POST /api/v1/imports/answers": Permission.document_import,
}
_SPACES: dict[str, Need] = {
    "GET /api/v1/spaces": Permission.space_read,
    "POST /api/v1/spaces": Permission.space_create,
    "GET /api/v1/spaces/{key}": Permission.space_read,
    "PATCH /api/v1/spaces/{key}": Permission.space_update,  # its visibility asks for space:publish
    "POST /api/v1/spaces/{key}/archive": Permission.space_archive,
    "POST /api/v1/spaces/{key}/reopen": Permission.space_archive,
    "GET /api/v1/spaces/{key}/documents": Permission.document_read,
    "GET /api/v1/spaces/{key}/audit": Permission.space_audit,
    "GET /api/v1/documents/{number}/audit": Permission.document_audit,
    "GET /api/v1/spaces/{key}/members": Permission.member_read,
    "PUT /api/v1/spaces/{key}/members/{user_id}": Permission.member_add,  # another role asks for member:change
    "DELETE /api/v1/spaces/{key}/members/{user_id}": Permission.member_remove,
    "PUT /api/v1/spaces/{key}/groups/{group_id}": Permission.member_add,
    "DELETE /api/v1/spaces/{key}/groups/{group_id}": Permission.member_remove,
    "GET /api/v1/spaces/{key}/evidence": Permission.evidence_read,
    "POST /api/v1/spaces/{key}/evidence": Permission.evidence_add,
    "GET /api/v1/spaces/{key}/evidence/{evidence_id}": Permission.evidence_read,
    "GET /api/v1/spaces/{key}/evidence/{evidence_id}/file": Permission.evidence_read,
    "DELETE /api/v1/spaces/{key}/evidence/{evidence_id}": Permission.evidence_remove,
    "POST /api/v1/spaces/{key}/leave": Access.signed_in,
    "GET /api/v1/documents/{number}/sharing": Permission.share_read,
    "PUT /api/v1/documents/{number}/sharing/people/{user_id}": Permission.share_invite,
    "DELETE /api/v1/documents/{number}/sharing/people/{user_id}": Permission.share_invite,
    "POST /api/v1/documents/{number}/sharing/links": Permission.share_link,
    "DELETE /api/v1/documents/{number}/sharing/links/{link_id}": Permission.share_link,
}
_PEOPLE: dict[str, Need] = {
    "GET /api/v1/invitations": Permission.user_invite,
    "POST /api/v1/invitations": Permission.user_invite,
    "DELETE /api/v1/invitations/{invitation_id}": Permission.user_invite,
    "POST /api/v1/users/{user_id}/reset-link": Permission.user_change,
    "GET /api/v1/users": Permission.user_read,
    "PATCH /api/v1/users/{user_id}": Permission.user_change,
    "POST /api/v1/users/{user_id}/disable": Permission.user_disable,
    "POST /api/v1/users/{user_id}/enable": Permission.user_disable,
    "DELETE /api/v1/users/{user_id}/second-factor": Permission.user_change,
    "POST /api/v1/users/{user_id}/hand-over": Permission.user_hand_over,
    "DELETE /api/v1/users/{user_id}": Permission.user_erase,
    "GET /api/v1/groups": Permission.group_read,
    "POST /api/v1/groups": Permission.group_change,
    "GET /api/v1/groups/{group_id}": Permission.group_read,
    "PATCH /api/v1/groups/{group_id}": Permission.group_change,
    "DELETE /api/v1/groups/{group_id}": Permission.group_change,
    "PUT /api/v1/groups/{group_id}/members/{user_id}": Permission.group_change,
    "DELETE /api/v1/groups/{group_id}/members/{user_id}": Permission.group_change,
    "GET /api/v1/roles": Permission.role_read,
    "POST /api/v1/roles": Permission.role_change,
    "PATCH /api/v1/roles/{role_id}": Permission.role_change,
    "DELETE /api/v1/roles/{role_id}": Permission.role_change,
}
_ADMIN: dict[str, Need] = {
    "GET /api/v1/overview": Permission.site_watch,
    "GET /api/v1/permissions": Permission.role_read,
    "GET /api/v1/site/spaces": Permission.space_oversee,
    "GET /api/v1/audit": Permission.audit_read,
    "GET /api/v1/audit/export": Permission.audit_export,
    "GET /api/v1/sessions": Permission.session_read,
    "DELETE /api/v1/sessions/{session_id}": Permission.session_end,
    "GET /api/v1/tokens": Permission.token_read,
    "DELETE /api/v1/tokens/{token_id}": Permission.token_revoke,
    "GET /api/v1/jobs": Permission.job_read,
    "POST /api/v1/jobs/{job_id}/retry": Permission.job_retry,
    "DELETE /api/v1/jobs/{job_id}": Permission.job_retry,
    "GET /api/v1/mails": Permission.outbox_read,
    "GET /api/v1/mails/{mail_id}": Permission.outbox_copy,
}
_OPEN = (
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",  # has a token of its own
    "GET /auth/share/{secret}",  # whoever has the link
    "POST /auth/setup",
    "POST /auth/sign-in",
    "POST /auth/second-factor",  # the second step of the same
    "POST /auth/passkey",
    "POST /auth/link",  # these have a secret of their own, or tell nobody anything
    "POST /auth/sign-up",
    "POST /auth/sign-up/finish",
    "POST /auth/reset",
    "POST /auth/reset/new",
    "POST /auth/address",
    "POST /auth/invitation/new",
    "GET /auth/providers/{provider}/start",
    "GET /auth/providers/{provider}/callback",
    "POST /auth/providers/{provider}/invitation",
    "POST /auth/passkey/options",
    "POST /api/v1/auth/login",
    "POST /api/v1/auth/second-factor",
    "POST /api/v1/auth/refresh",
    "GET /api/docs",
    "GET /api/docs/manual.css",
)
_OWN = (
    "POST /auth/reauthenticate",
    "POST /auth/sign-out",
    "POST /auth/invitation",
    "POST /api/v1/auth/reauthenticate",
    "POST /api/v1/auth/logout",
    "GET /api/v1/me",
    "PATCH /api/v1/me",
    "PUT /api/v1/me/password",
    "POST /api/v1/me/email",
    "GET /api/v1/me/sessions",
    "DELETE /api/v1/me/sessions",
    "DELETE /api/v1/me/sessions/{session_id}",
    "GET /api/v1/me/tokens",
    "POST /api/v1/me/tokens",
    "DELETE /api/v1/me/tokens/{token_id}",
    "GET /api/v1/me/second-factor",
    "POST /api/v1/me/second-factor",
    "DELETE /api/v1/me/second-factor",
    "POST /api/v1/me/second-factor/confirmation",
    "POST /api/v1/me/second-factor/recovery-codes",
    "POST /auth/providers/{provider}/link",
    "POST /auth/providers/{provider}/confirm",
    "GET /api/v1/me/identities",
    "DELETE /api/v1/me/identities/{identity_id}",
    "GET /api/v1/me/passkeys",
    "POST /api/v1/me/passkeys",
    "POST /api/v1/me/passkeys/options",
    "DELETE /api/v1/me/passkeys/{passkey_id}",
)
OPERATIONS: Mapping[str, Need] = MappingProxyType(
    {
        **_READS,
        **_WRITES,
        **_SPACES,
        **_PEOPLE,
        **_ADMIN,
        **dict.fromkeys(_OPEN, Access.public),
        **dict.fromkeys(_OWN, Access.signed_in),
    }
)


def check(operations: Iterable[str]) -> None:
    """Raises `LookupError` naming every operation without a line, and every line without an operation."""
    found = set(operations)
    missing, stale = sorted(found - OPERATIONS.keys()), sorted(OPERATIONS.keys() - found)
    if missing or stale:
        raise LookupError(f"app/api/access.py: nothing is declared for {missing}; there is no {stale}")
