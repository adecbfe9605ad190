"""The tables. No behaviour beyond invariants; importing this package makes the whole metadata known."""

from models.audit import AuditEvent
from models.document import Document, DocumentAlias, Revision
from models.evidence import EvidenceFile
from models.factors import OneTimeSecret, Passkey, Proof, RecoveryCode, Step
from models.group import CustomRole, GroupMember, UserGroup
from models.idempotency import IdempotencyKey
from models.identity import AuthSession, Client, PersonalToken, RefreshToken, SetupToken, User
from models.importing import ImportBatch, ImportItem
from models.link import Link, LinkKind
from models.outbox import OutboxRow
from models.provider import Errand, LinkedIdentity, ProviderVisit
from models.sharing import DocumentMember, ShareLink
from models.space import Space, SpaceGroup, SpaceMember
from models.types import Table

__all__ = [
    "AuditEvent",
    "AuthSession",
    "Client",
    "CustomRole",
    "Document",
    "DocumentAlias",
    "DocumentMember",
    "Errand",
    "EvidenceFile",
    "GroupMember",
    "IdempotencyKey",
    "ImportBatch",
    "ImportItem",
    "Link",
    "LinkKind",
    "LinkedIdentity",
    "OneTimeSecret",
    "OutboxRow",
    "Passkey",
    "PersonalToken",
    "Proof",
    "ProviderVisit",
    "RecoveryCode",
    "RefreshToken",
    "Revision",
    "SetupToken",
    "ShareLink",
    "Space",
    "SpaceGroup",
    "SpaceMember",
    "Step",
    "Table",
    "User",
    "UserGroup",
]
