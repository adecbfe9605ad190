"""Files of evidence, by space."""

import sqlalchemy as sa

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"

ID = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("space_id", ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("ending", sa.String(10), nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_file"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_evidence_file_space_id"),
        sa.ForeignKeyConstraint(["added_by"], ["user.id"], name="fk_evidence_file_added_by"),
    )
    op.create_index("ix_evidence_file_space_id_id", "evidence_file", ["space_id", "id"])


def downgrade() -> None:
    op.drop_table("evidence_file")
