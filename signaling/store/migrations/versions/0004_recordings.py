"""Recordings: what there is of which session, who served it, and who has watched, downloaded or deleted it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recordings",
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("customer", sa.String(100), nullable=False),
        sa.Column("customer_key", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("started_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("size", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("duration", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("delete_at", sa.BigInteger),
        sa.Column("deleted_at", sa.BigInteger),
        sa.Column("delete_reason", sa.String(20)),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("connection", sa.String(64), nullable=False),
        sa.Column("recorder", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_recordings"),
        sa.UniqueConstraint("id", name="uq_recordings_id"),
        sa.UniqueConstraint("session", name="uq_recordings_session"),
    )
    op.create_index("ix_recordings_state", "recordings", ["state"])
    op.create_index("ix_recordings_delete_at", "recordings", ["delete_at"])
    op.create_table(
        "recording_representatives",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("recording", sa.String(64), nullable=False),
        sa.Column("representative", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recording_representatives"),
        sa.UniqueConstraint("recording", "representative", name="uq_recording_representatives_recording"),
    )
    op.create_index("ix_recording_representatives_representative", "recording_representatives", ["representative"])
    op.create_table(
        "recording_views",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("recording", sa.String(64), nullable=False),
        sa.Column("representative", sa.String(64), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recording_views"),
    )
    op.create_index("ix_recording_views_recording", "recording_views", ["recording"])


def downgrade() -> None:
    for table in ("recording_views", "recording_representatives", "recordings"):
        op.drop_table(table)
