"""Sessions that are over are forgotten after a time: which are, and indexes to find those whose time has come."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("forgotten", sa.Boolean, nullable=False, server_default="0"))
    op.create_index("ix_sessions_forgotten", "sessions", ["forgotten", "ended_at"])
    op.create_index("ix_recordings_deleted_at", "recordings", ["deleted_at"])


def downgrade() -> None:
    op.drop_index("ix_recordings_deleted_at", "recordings")
    op.drop_index("ix_sessions_forgotten", "sessions")
    op.drop_column("sessions", "forgotten")
