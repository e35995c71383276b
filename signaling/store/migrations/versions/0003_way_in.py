"""The way in: steps and answers of sessions, receipts of consent, surveys, notices, left messages, session keys."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("team", sa.String(80), nullable=False, server_default="general"))
        sessions.add_column(sa.Column("step", sa.String(30), nullable=False, server_default="ended"))
        sessions.add_column(sa.Column("answers", sa.Text, nullable=False, server_default="{}"))
        sessions.add_column(sa.Column("queued_at", sa.BigInteger))
        sessions.add_column(sa.Column("queue_place", sa.Integer))
        sessions.add_column(sa.Column("forecast_low", sa.Integer))
        sessions.add_column(sa.Column("forecast_high", sa.Integer))
        sessions.add_column(sa.Column("recording", sa.Boolean))
    op.execute("UPDATE sessions SET step = 'queue' WHERE state = 'queued'")
    op.execute("UPDATE sessions SET step = 'session' WHERE state = 'active'")
    op.execute("UPDATE sessions SET queued_at = entered_at, queue_place = place")
    op.create_table(
        "consent_texts",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_consent_texts"),
    )
    op.create_table(
        "consents",
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("session", "kind", name="pk_consents"),
        sa.ForeignKeyConstraint(["text_hash"], ["consent_texts.hash"], name="fk_consents_text_hash"),
    )
    op.create_table(
        "survey_answers",
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("value_text", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("session", "question", name="pk_survey_answers"),
    )
    op.create_index("ix_survey_answers_at", "survey_answers", ["at"])
    op.create_table(
        "notice_events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("notice", sa.String(64), nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_events"),
    )
    op.create_index("ix_notice_events_notice", "notice_events", ["notice"])
    op.create_table(
        "left_messages",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("team", sa.String(80), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("issue", sa.String(100), nullable=False),
        sa.Column("done_at", sa.BigInteger),
        sa.Column("done_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_left_messages"),
    )
    op.create_table(
        "session_keys",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("representative", sa.String(64), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("key_hash", name="pk_session_keys"),
    )


def downgrade() -> None:
    for table in ("session_keys", "left_messages", "notice_events", "survey_answers", "consents", "consent_texts"):
        op.drop_table(table)
    columns = ("recording", "forecast_high", "forecast_low", "queue_place", "queued_at", "answers", "step", "team")
    with op.batch_alter_table("sessions") as sessions:
        for column in columns:
            sessions.drop_column(column)
