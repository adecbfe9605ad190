"""Spaces that can be described, opened and archived; groups, custom roles, documents shared beyond their space."""

import sqlalchemy as sa

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"

ID = sa.String(32)
TIME = sa.DateTime(timezone=True)


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    change_spaces()
    op.add_column("user", sa.Column("erased_at", TIME))
    with op.batch_alter_table("space_member") as batch:
        batch.alter_column("role", existing_type=sa.String(20), type_=ID, existing_nullable=False)
    create_groups()
    create_sharing()


def change_spaces() -> None:
    with op.batch_alter_table("space") as batch:
        batch.add_column(sa.Column("description", sa.String(1000)))
        batch.add_column(sa.Column("visibility", sa.String(20)))
        batch.add_column(sa.Column("version", sa.Integer()))
        batch.add_column(sa.Column("archived_at", TIME))
    op.execute("UPDATE space SET description = '', visibility = 'private', version = 1")
    with op.batch_alter_table("space") as batch:
        batch.alter_column("description", existing_type=sa.String(1000), nullable=False)
        batch.alter_column("visibility", existing_type=sa.String(20), nullable=False)
        batch.alter_column("version", existing_type=sa.Integer(), nullable=False)


def create_groups() -> None:
    op.create_table(
        "custom_role",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_custom_role"),
        sa.UniqueConstraint("name", name="uq_custom_role_name"),
    )
    op.create_table(
        "user_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("description", sa.String(1000), nullable=False),
        sa.Column("site_role", ID),
        sa.Column("claim", sa.String(200)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user_group"),
        sa.UniqueConstraint("name", name="uq_user_group_name"),
        sa.UniqueConstraint("claim", name="uq_user_group_claim"),
    )
    members("group_member", ("group_id", "user_group"), ("user_id", "user"), sa.Column("by_claim", sa.Boolean()))
    members("space_group", ("space_id", "space"), ("group_id", "user_group"), sa.Column("role", ID))


def members(table: str, of: tuple[str, str], who: tuple[str, str], what: sa.Column) -> None:
    """Who belongs to what, and as what."""
    what.nullable = False
    op.create_table(
        table,
        sa.Column(of[0], ID, nullable=False),
        sa.Column(who[0], ID, nullable=False),
        what,
        sa.PrimaryKeyConstraint(of[0], who[0], name=f"pk_{table}"),
        refers(table, *of),
        refers(table, *who),
    )
    op.create_index(f"ix_{table}_{who[0]}", table, [who[0]])


def create_sharing() -> None:
    members("document_member", ("document_id", "document"), ("user_id", "user"), sa.Column("role", sa.String(20)))
    op.create_table(
        "share_link",
        sa.Column("id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_share_link"),
        refers("share_link", "document_id", "document"),
        refers("share_link", "made_by", "user"),
        sa.UniqueConstraint("digest", name="uq_share_link_digest"),
    )
    op.create_index("ix_share_link_document_id", "share_link", ["document_id"])


def downgrade() -> None:
    """Custom roles and guests become what old code knows: readers, and members."""
    for table in ("share_link", "document_member", "space_group", "group_member", "user_group", "custom_role"):
        op.drop_table(table)
    op.execute("""UPDATE "user" SET role = 'member' WHERE role = 'guest'""")
    op.execute("UPDATE space_member SET role = 'reader' WHERE role NOT IN ('maintainer', 'author', 'reviewer')")
    with op.batch_alter_table("space_member") as batch:
        batch.alter_column("role", existing_type=ID, type_=sa.String(20), existing_nullable=False)
    op.drop_column("user", "erased_at")
    with op.batch_alter_table("space") as batch:
        for name in ("archived_at", "version", "visibility", "description"):
            batch.drop_column(name)
