"""The list of documents stays quick while it grows."""

from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"

INDEXES = {"ix_document_updated_at_id": ["updated_at", "id"], "ix_document_title_id": ["title", "id"]}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "document", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "document")
