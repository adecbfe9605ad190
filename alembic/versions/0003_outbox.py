"""Side work that is due, kept until it is done."""

import sqlalchemy as sa

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(120)),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", TIME),
        sa.Column("leased_by", sa.String(32)),
        sa.Column("done_at", TIME),
        sa.Column("failed_at", TIME),
        sa.Column("last_error", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_done_at_failed_at_due_at", "outbox", ["done_at", "failed_at", "due_at"])


def downgrade() -> None:
    op.drop_table("outbox")
