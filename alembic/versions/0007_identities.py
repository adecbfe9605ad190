"""Identities at providers, and the way there and back."""

import sqlalchemy as sa

from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "linked_identity",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_used_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_linked_identity"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_linked_identity_user_id"),
        sa.UniqueConstraint("issuer", "subject", name="uq_linked_identity_issuer_subject"),
    )
    op.create_index("ix_linked_identity_user_id", "linked_identity", ["user_id"])
    op.create_table(
        "provider_visit",
        sa.Column("state_digest", sa.String(64), nullable=False),
        sa.Column("browser_digest", sa.String(64), nullable=False),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("errand", sa.String(20), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("code_verifier", sa.String(64), nullable=False),
        sa.Column("location", sa.String(1000), nullable=False),
        sa.Column("session_id", sa.String(32)),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("state_digest", name="pk_provider_visit"),
    )
    op.create_index("ix_provider_visit_expires_at", "provider_visit", ["expires_at"])


def downgrade() -> None:
    op.drop_table("provider_visit")
    op.drop_table("linked_identity")
