"""Documents that were deleted and can be restored."""

import sqlalchemy as sa

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"

INDEX = "ix_document_space_id_deleted_at"


def upgrade() -> None:
    op.add_column("document", sa.Column("deleted_at", sa.DateTime(timezone=True)))
    op.create_index(INDEX, "document", ["space_id", "deleted_at"])


def downgrade() -> None:
    op.drop_index(INDEX, "document")
    op.drop_column("document", "deleted_at")
