"""Links that work once: to confirm an address, reset a password, change an address, accept an invitation."""

import sqlalchemy as sa

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"

ID = sa.String(32)
TIME = sa.DateTime(timezone=True)
INDEXED = ("email", "user_id", "space_id", "made_by", "expires_at")


def upgrade() -> None:
    op.create_table(
        "link",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("user_id", ID),
        sa.Column("role", ID),
        sa.Column("space_id", ID),
        sa.Column("space_role", ID),
        sa.Column("made_by", ID),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.UniqueConstraint("digest", name="uq_link_digest"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_link_user_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_link_space_id"),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name="fk_link_made_by"),
    )
    for column in INDEXED:
        op.create_index(f"ix_link_{column}", "link", [column])


def downgrade() -> None:
    op.drop_table("link")
