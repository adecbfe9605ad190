"""Accounts, spaces, documents with revisions, imports, audit.

Two guarantees are the database's own: a revision is never changed, an audit row is never changed or removed. A later
migration that rebuilds one of these tables in SQLite (batch mode) loses its triggers and must make them again.
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0001"
down_revision: str | None = None

ID = sa.String(32)
TIME = sa.DateTime(timezone=True)
GUARDS = (("revision", "UPDATE"), ("audit_event", "UPDATE"), ("audit_event", "DELETE"))


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names, name=f"pk_{table}")


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names, name=f"uq_{table}_{'_'.join(names)}")


def index(table: str, *names: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names))


def upgrade() -> None:
    create_identity()
    create_spaces()
    create_documents()
    create_revisions()
    create_imports()
    create_audit()
    for table, verb in GUARDS:
        guard(table, verb)


def create_identity() -> None:
    op.create_table(
        "user",
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(255)),
        sa.Column("can_sign_in", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", TIME),
        sa.Column("created_at", TIME, nullable=False),
        key("user", "id"),
        unique("user", "email"),
    )
    op.create_table(
        "auth_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.Column("user_agent", sa.String(300), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        key("auth_session", "id"),
        refers("auth_session", "user_id", "user"),
        unique("auth_session", "token_digest"),
    )
    index("auth_session", "user_id")
    op.create_table(
        "setup_token",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME),
        key("setup_token", "digest"),
    )


def create_spaces() -> None:
    op.create_table(
        "space",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(10), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        key("space", "id"),
        unique("space", "key"),
    )
    op.create_table(
        "space_member",
        sa.Column("space_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        key("space_member", "space_id", "user_id"),
        refers("space_member", "space_id", "space"),
        refers("space_member", "user_id", "user"),
    )
    index("space_member", "user_id")


def create_documents() -> None:
    """The two tables refer to each other. SQLite takes a reference to what is not there yet and cannot add one later,
    PostgreSQL the other way round: there it follows in `create_revisions`.
    """
    head = [refers("document", "head_id", "revision")] if is_sqlite() else []
    op.create_table(
        "document",
        sa.Column("id", ID, nullable=False),
        sa.Column("space_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("head_revision", sa.Integer(), nullable=False),
        sa.Column("head_id", ID),
        sa.Column("origin", sa.String(255)),
        sa.Column("health_state", sa.String(20), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("summary", sa.String(500), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        key("document", "id"),
        refers("document", "space_id", "space"),
        refers("document", "owner_id", "user"),
        *head,
        unique("document", "space_id", "number"),
    )
    index("document", "owner_id")
    index("document", "space_id", "updated_at", "id")
    index("document", "space_id", "title", "origin")
    op.create_table(
        "document_alias",
        sa.Column("key", sa.String(10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document_id", ID, nullable=False),
        key("document_alias", "key", "number"),
        refers("document_alias", "document_id", "document"),
    )
    index("document_alias", "document_id")


def create_revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("id", ID, nullable=False),
        sa.Column("document_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_digest", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("message", sa.String(500), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        key("revision", "id"),
        refers("revision", "document_id", "document"),
        refers("revision", "author_id", "user"),
        unique("revision", "document_id", "number"),
    )
    index("revision", "text_digest")
    if not is_sqlite():
        op.create_foreign_key("fk_document_head_id", "document", "revision", ["head_id"], ["id"])


def create_imports() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("space_id", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        key("import_batch", "id"),
        refers("import_batch", "user_id", "user"),
        refers("import_batch", "space_id", "space"),
    )
    index("import_batch", "user_id")
    op.create_table(
        "import_item",
        sa.Column("id", ID, nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("document_id", ID),
        sa.Column("message", sa.String(500), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        key("import_item", "id"),
        refers("import_item", "batch_id", "import_batch"),
        refers("import_item", "document_id", "document"),
        unique("import_item", "batch_id", "position"),
    )


def create_audit() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor_id", ID),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("object_type", sa.String(30), nullable=False),
        sa.Column("object_id", sa.String(64), nullable=False),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        key("audit_event", "id"),
    )
    index("audit_event", "actor_id")
    index("audit_event", "at", "id")
    index("audit_event", "object_type", "object_id", "at")


def guard(table: str, verb: str) -> None:
    """A trigger that refuses `verb` on every row of `table`."""
    name = f"{table}_no_{verb.lower()}"
    if is_sqlite():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    for table in ("audit_event", "import_item", "import_batch", "document_alias"):
        op.drop_table(table)
    if not is_sqlite():
        op.drop_constraint("fk_document_head_id", "document", type_="foreignkey")
    for table in ("revision", "document", "space_member", "space", "setup_token", "auth_session", "user"):
        op.drop_table(table)
    if not is_sqlite():
        op.execute("DROP FUNCTION refuse_change()")
