"""Keys under which something is done once."""

import sqlalchemy as sa

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    op.create_table(
        "idempotency_key",
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "key", name="pk_idempotency_key"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_idempotency_key_user_id"),
    )


def downgrade() -> None:
    op.drop_table("idempotency_key")
