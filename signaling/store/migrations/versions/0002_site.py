"""The site's settings with their history, notices, and what administrators decide about representatives."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site_versions",
        sa.Column("version", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_site_versions"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(100), nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("scope", sa.String(64), nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("published_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.add_column("representatives", sa.Column("teams", sa.Text, nullable=False, server_default="[]"))
    op.add_column("representatives", sa.Column("session_limit", sa.Integer, nullable=False, server_default="8"))


def downgrade() -> None:
    op.drop_column("representatives", "session_limit")
    op.drop_column("representatives", "teams")
    op.drop_table("notices")
    op.drop_table("audit")
    op.drop_table("site_versions")
