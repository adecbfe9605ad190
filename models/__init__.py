"""The tables. No behaviour beyond invariants; importing this package makes the whole metadata known."""

from models.audit import AuditEvent
from models.document import Document, DocumentAlias, Revision
from models.factors import OneTimeSecret, Passkey, Proof, RecoveryCode, Step
from models.identity import AuthSession, Client, PersonalToken, RefreshToken, SetupToken, User
from models.importing import ImportBatch, ImportItem
from models.outbox import OutboxRow
from models.space import Space, SpaceMember
from models.types import Table

__all__ = [
    "AuditEvent",
    "AuthSession",
    "Client",
    "Document",
    "DocumentAlias",
    "ImportBatch",
    "ImportItem",
    "OneTimeSecret",
    "OutboxRow",
    "Passkey",
    "PersonalToken",
    "Proof",
    "RecoveryCode",
    "RefreshToken",
    "Revision",
    "SetupToken",
    "Space",
    "SpaceMember",
    "Step",
    "Table",
    "User",
]
