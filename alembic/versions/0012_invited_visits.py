"""Visits to identity providers that accept an invitation."""

import sqlalchemy as sa

from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    op.add_column("provider_visit", sa.Column("link_id", sa.String(32)))


def downgrade() -> None:
    op.execute("DELETE FROM provider_visit WHERE errand = 'invitation'")
    op.drop_column("provider_visit", "link_id")
