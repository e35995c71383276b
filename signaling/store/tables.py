"""The tables. Times are milliseconds since the epoch; secrets are kept as hashes only.

How long each holds what is about a person, `store.forgetting` decides and docs/retention.md says.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

representatives = Table(
    "representatives",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("name_key", String(100), nullable=False, unique=True),  # the name as sign-in compares it
    Column("password_hash", Text, nullable=False),
    Column("administrator", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("page", String(64)),  # the console's page load that was there last, and the peer it was
    Column("peer", String(64)),
    Column("teams", Text, nullable=False, server_default="[]"),  # JSON: ids of teams; none means all of them
    Column("session_limit", Integer, nullable=False, server_default="8"),
)

web_sessions = Table(
    "web_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column(
        "representative",
        String(64),
        ForeignKey("representatives.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("available", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

setup_links = Table(
    "setup_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("created_at", BigInteger, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("place", Integer, primary_key=True),  # the order of arrival
    Column("id", String(64), nullable=False, unique=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("state", String(10), nullable=False),  # arriving, queued, active, ended
    Column("name", String(100), nullable=False),
    Column("question", Text, nullable=False),
    Column("issue", String(100), nullable=False),
    Column("language", String(35), nullable=False),
    Column("page", String(64), nullable=False),
    Column("peer", String(64), nullable=False),
    Column("entered_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("reason", String(40)),
    Column("representative", String(64)),  # no foreign key: what happened outlives the people who were in it
    Column("team", String(80), nullable=False, server_default="general"),  # the queue; "rep:" and an id: a key's
    Column("step", String(30), nullable=False, server_default="ended"),  # of deskside.core.way_in
    Column("answers", Text, nullable=False, server_default="{}"),  # JSON: signaling.answers
    Column("queued_at", BigInteger),
    Column("queue_place", Integer),
    Column("forecast_low", Integer),  # seconds, as told at queueing
    Column("forecast_high", Integer),
    Column("recording", Boolean),  # what the customer answered; NULL: was not asked, or has not answered
    Column("forgotten", Boolean, nullable=False, server_default="0"),  # nothing says any more whose it was
    Index("ix_sessions_state", "state"),
    Index("ix_sessions_forgotten", "forgotten", "ended_at"),
)

site_versions = Table(
    "site_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),  # 1 and up; 0 is a site that nobody has changed
    Column("at", BigInteger, nullable=False),
    Column("by", String(100), nullable=False),  # the name as it was then
    Column("settings", Text, nullable=False),  # JSON: the whole site
    Column("changes", Text, nullable=False),  # JSON: what differs from the version before, long values cut
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("by", String(100), nullable=False),
    Column("changes", Text, nullable=False),  # JSON: what an administrator did to people and notices
)

notices = Table(
    "notices",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("scope", String(64), nullable=False),  # a team's id; empty for the whole site
    Column("texts", Text, nullable=False),  # JSON: title and text by language
    Column("expires_at", BigInteger),
    Column("state", String(10), nullable=False),  # draft, published, withdrawn
    Column("created_at", BigInteger, nullable=False),
    Column("published_at", BigInteger),
)

consent_texts = Table(
    "consent_texts",
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256 of title, blank line, text
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("session", String(64), primary_key=True),
    Column("kind", String(20), primary_key=True),  # agreement, recording
    Column("answer", String(20), nullable=False),  # accept, decline, allow, refuse, silence
    Column("text_hash", String(64), ForeignKey("consent_texts.hash"), nullable=False),
    Column("language", String(35), nullable=False),
    Column("at", BigInteger, nullable=False),
)

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("session", String(64), primary_key=True),
    Column("question", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("text", Text, nullable=False),  # the question and the answer as the site's first language worded them then
    Column("value", Text, nullable=False),
    Column("value_text", Text, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
)

notice_events = Table(
    "notice_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("notice", String(64), nullable=False, index=True),
    Column("session", String(64), nullable=False),
    Column("kind", String(10), nullable=False),  # shown, left, continued
    Column("at", BigInteger, nullable=False),
)

left_messages = Table(
    "left_messages",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("team", String(80), nullable=False),  # the queue in which the customer waited
    Column("name", String(100), nullable=False),
    Column("contact", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("issue", String(100), nullable=False),
    Column("done_at", BigInteger),
    Column("done_by", String(64)),
)

session_keys = Table(
    "session_keys",
    metadata,
    Column("key_hash", String(64), primary_key=True),
    Column("representative", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)

recordings = Table(
    "recordings",
    metadata,
    Column("place", Integer, primary_key=True),  # the order in which they began
    Column("id", String(64), nullable=False, unique=True),
    Column("session", String(64), nullable=False, unique=True),
    Column("customer", String(100), nullable=False),
    Column("customer_key", Text, nullable=False),  # the name as a search compares it
    Column("state", String(10), nullable=False, index=True),  # recording, finishing, finished, deleted
    Column("created_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),  # NULL: no connection stood yet
    Column("ended_at", BigInteger),
    Column("size", BigInteger, nullable=False, server_default="0"),
    Column("duration", BigInteger, nullable=False, server_default="0"),  # milliseconds of all parts together
    Column("delete_at", BigInteger, index=True),
    Column("deleted_at", BigInteger, index=True),
    Column("delete_reason", String(20)),  # deleted, retention; by whom is among its views
    Column("part", Integer, nullable=False),  # the number given last
    Column("connection", String(64), nullable=False),  # the customer's page calls it so; empty: none is open
    Column("recorder", String(64), nullable=False),  # the process that has it
)

recording_representatives = Table(
    "recording_representatives",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("recording", String(64), nullable=False),
    Column("representative", String(64), nullable=False, index=True),
    Column("name", String(100), nullable=False),  # as it was then
    Column("name_key", Text, nullable=False),
    UniqueConstraint("recording", "representative"),
)

recording_views = Table(
    "recording_views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("recording", String(64), nullable=False, index=True),
    Column("representative", String(64), nullable=False),  # empty: the time for which it was kept was over
    Column("name", String(100), nullable=False),  # as it was then
    Column("at", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),  # viewed, downloaded, deleted, retention
)
