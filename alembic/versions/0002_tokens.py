"""Tokens of programs: refresh chains and personal access tokens; what a session is held by and when it was proved."""

import sqlalchemy as sa

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"

ID = sa.String(32)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("auth_session") as batch:
        batch.add_column(sa.Column("client", sa.String(20)))
        batch.add_column(sa.Column("authenticated_at", TIME))
    op.execute("UPDATE auth_session SET client = 'browser', authenticated_at = created_at")
    with op.batch_alter_table("auth_session") as batch:
        batch.alter_column("client", existing_type=sa.String(20), nullable=False)
        batch.alter_column("authenticated_at", existing_type=TIME, nullable=False)
    create_refresh_tokens()
    create_personal_tokens()


def create_refresh_tokens() -> None:
    op.create_table(
        "refresh_token",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME),
        sa.Column("successor_digest", sa.String(64)),
        sa.PrimaryKeyConstraint("digest", name="pk_refresh_token"),
        sa.ForeignKeyConstraint(["session_id"], ["auth_session.id"], name="fk_refresh_token_session_id"),
    )
    op.create_index("ix_refresh_token_session_id", "refresh_token", ["session_id"])


def create_personal_tokens() -> None:
    op.create_table(
        "personal_token",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("last_used_at", TIME),
        sa.Column("revoked_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_personal_token"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_personal_token_user_id"),
        sa.UniqueConstraint("digest", name="uq_personal_token_digest"),
    )
    op.create_index("ix_personal_token_user_id", "personal_token", ["user_id"])


def downgrade() -> None:
    op.drop_table("personal_token")
    op.drop_table("refresh_token")
    with op.batch_alter_table("auth_session") as batch:
        batch.drop_column("authenticated_at")
        batch.drop_column("client")
