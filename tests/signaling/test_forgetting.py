"""Nothing says for ever who a customer was: every table is known here, and what goes from it and what stays."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from signaling.app import DATABASE
from signaling.desk import now
from signaling.forgetting import forget
from signaling.site.document import Orphaned, Sessions, Site
from signaling.store import forgetting as rows
from signaling.store.database import Database
from signaling.store.tables import metadata
from tests.signaling.administrator import Administrator
from tests.signaling.clock import Clock
from tests.signaling.kept_rows import DAY, GOES, NOW, column, filled, marked, on_the_disk, over, put, recorded
from tests.signaling.server import serving, settings

SITE = Site(sessions=Sessions(retention=30), orphaned=Orphaned(retention=30))

COUNTED = {
    "sessions": "place id state entered_at started_at ended_at reason representative team step queued_at queue_place"
    " forecast_low forecast_high recording forgotten",
    "survey_answers": "session question kind text value_text at",
    "consents": "session kind answer text_hash language at",
    "notice_events": "id notice session kind at",
    "left_messages": "at team done_at",
    "session_keys": "created_at expires_at used_at",
    "web_sessions": "representative available created_at expires_at",
    "recordings": "place session state created_at started_at ended_at size duration delete_at deleted_at delete_reason"
    " part",
    "recording_representatives": "id",
    "recording_views": "id at kind",
}
"""What stays where only the former goes: times, numbers, kinds, ids of sessions, and those of who works here."""

OURS = {
    "representatives": "id name name_key password_hash administrator created_at page peer teams session_limit",
    "setup_links": "token_hash created_at",
    "site_versions": "version at by settings changes",
    "audit": "id at by changes",
    "notices": "id name scope texts expires_at state created_at published_at",
    "consent_texts": "hash title text",
}
"""What the company has written and decided, and who works for it: nothing of a customer."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / DATABASE, 5)
    yield database
    database.close()


def sweep(database: Database, site: Site = SITE, at: int = NOW) -> None:
    asyncio.run(forget(database, site, at))


# --- what there is -------------------------------------------------------------------------------------------


def test_every_column_of_every_table_is_known_here() -> None:
    known: dict[str, list[str]] = {}
    for those in (GOES, COUNTED, OURS):
        for table, names in those.items():
            known.setdefault(table, []).extend(names.split())
    there = {table.name: sorted(table.columns.keys()) for table in metadata.sorted_tables}
    assert {table: sorted(names) for table, names in known.items()} == there, "does it go, or is it never a customer's?"


def test_the_document_says_of_every_table_for_how_long() -> None:
    document = (Path(__file__).parents[2] / "docs" / "retention.md").read_text(encoding="utf-8")
    lines = [line for line in document.splitlines() if line.startswith("| `")]
    named = [name for line in lines for name in line.split("|")[1].replace("`", "").replace(",", " ").split()]
    assert sorted(named) == sorted(table.name for table in metadata.sorted_tables)


# --- what goes -----------------------------------------------------------------------------------------------


def test_of_what_is_older_than_the_site_keeps_it_nothing_is_left_on_the_disk(
    database: Database, tmp_path: Path
) -> None:
    old = NOW - 40 * DAY
    put(database, "representatives", filled("representatives", id="Bob", name_key="bob"))
    put(database, "sessions", filled("sessions", id="s1", state="ended", step="survey", entered_at=old, ended_at=old))
    put(database, "survey_answers", filled("survey_answers", session="s1", question="why", kind="text"))
    put(database, "left_messages", filled("left_messages", at=old))
    put(database, "session_keys", filled("session_keys", expires_at=old))
    put(database, "web_sessions", filled("web_sessions", representative="Bob", expires_at=old))
    put(
        database, "recordings", recorded(1, **marked("recordings"), state="deleted", deleted_at=old) | {"session": "s1"}
    )
    named = {"recording": marked("recordings")["id"]}
    put(database, "recording_representatives", filled("recording_representatives", **named))
    put(database, "recording_views", filled("recording_views", **named))
    for table in GOES:
        for name in GOES[table].split():
            assert column(database, f"{table}.{name}")[0], f"{table}.{name} was never there"
    assert on_the_disk(tmp_path, b"Zq-")
    sweep(database)
    assert not on_the_disk(tmp_path, b"Zq-")
    assert column(database, "sessions.name") == [""]
    for table in GOES:
        assert table == "sessions" or column(database, f"{table}.{GOES[table].split()[0]}") == []


def test_what_was_written_by_thousands_who_came_at_random_is_overwritten(database: Database, tmp_path: Path) -> None:
    put(database, "sessions", *(over(number, NOW - 40 * DAY + number * 7919 % 2000) for number in range(1200)))
    put(database, "sessions", *(over(number, NOW - DAY, name="Kept") for number in range(1200, 1230)))
    sweep(database)
    assert column(database, "sessions.name") == [""] * 1200 + ["Kept"] * 30
    assert not on_the_disk(tmp_path, b"Zq-sessions-name")
    assert on_the_disk(tmp_path, b"Kept")


def test_each_transaction_is_short_and_others_write_in_between(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "PART", 3)
    put(database, "sessions", *(over(number, NOW - 40 * DAY + number) for number in range(8)))
    due = partial(rows.sessions_due, NOW - 30 * DAY)
    assert database.read_now(due) == ["s0", "s1", "s2"]
    put(database, "left_messages", *(filled("left_messages", id=f"m{number}") for number in range(7)))
    delete = partial(rows.messages, NOW)
    assert [database.submit(delete).result() for _ in range(4)] == [3, 3, 1, 0]
    gone = [recorded(number, deleted_at=NOW - 40 * DAY) for number in range(4)]
    put(database, "recordings", *gone)
    assert [database.submit(partial(rows.deleted_recordings, NOW - 30 * DAY)).result() for _ in range(3)] == [3, 1, 0]
    sweep(database)
    assert column(database, "sessions.name") == [""] * 8


def test_those_that_are_due_are_found_by_an_index(database: Database) -> None:
    query = rows.due_sessions(0).compile(compile_kwargs={"literal_binds": True})

    def plan(connection: Connection) -> str:
        return " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}"))

    steps = database.read_now(plan)
    assert "ix_sessions_forgotten (forgotten=? AND ended_at<?)" in steps and "TEMP B-TREE" not in steps, steps


# --- what stays ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["arriving", "queued", "active"])
def test_who_waits_or_is_served_is_never_touched(database: Database, state: str) -> None:
    long_ago = NOW - 5000 * DAY
    living = filled("sessions", id="s1", state=state, step=state, entered_at=long_ago, started_at=long_ago)
    put(database, "sessions", living)
    before = database.read_now(lambda connection: connection.execute(select(metadata.tables["sessions"])).all())
    sweep(database)
    assert database.read_now(lambda connection: connection.execute(select(metadata.tables["sessions"])).all()) == before


def test_a_session_is_kept_to_the_last_day_of_its_time(database: Database) -> None:
    put(database, "sessions", over(1, NOW - 30 * DAY - 1), over(2, NOW - 30 * DAY))
    put(database, "survey_answers", *(
        filled("survey_answers", session=f"s{number}", question="why", kind="text", at=NOW) for number in (1, 2)
    ))  # fmt: skip
    sweep(database)
    assert column(database, "sessions.name") == ["", "Zq-sessions-name"]
    assert column(database, "survey_answers.session") == ["s2"]


@pytest.mark.parametrize("state", ["recording", "finishing", "finished"])
def test_whose_session_it_was_is_known_as_long_as_its_recording(database: Database, state: str) -> None:
    put(database, "sessions", over(1, NOW - 400 * DAY))
    put(database, "recordings", recorded(1, state=state, delete_at=NOW + 9 * DAY))
    sweep(database)
    assert column(database, "sessions.name") == ["Zq-sessions-name"]
    assert column(database, "recordings.customer") == ["Zq-recordings-customer"]

    def delete(connection: Connection) -> None:
        values = {"state": "deleted", "deleted_at": NOW}
        connection.execute(metadata.tables["recordings"].update().values(values))

    database.submit(delete).result()
    sweep(database)
    assert column(database, "sessions.name") == column(database, "recordings.customer") == [""]
    assert column(database, "recordings.customer_key") == [""]
    # Who deleted it is known for another while.
    sweep(database, at=NOW + 30 * DAY)
    assert column(database, "recordings.id") == ["Zq-r1"]
    sweep(database, at=NOW + 30 * DAY + 1)
    assert column(database, "recordings.id") == []


def test_of_a_recording_that_is_gone_the_name_stays_as_long_as_that_of_the_session(database: Database) -> None:
    put(database, "sessions", over(1, NOW - 20 * DAY))
    put(database, "recordings", recorded(1, ended_at=NOW - 20 * DAY, deleted_at=NOW - 19 * DAY))
    put(database, "recording_views", filled("recording_views", recording="Zq-r1", at=NOW))
    sweep(database)
    assert column(database, "recordings.customer") == ["Zq-recordings-customer"]
    assert column(database, "recording_views.name") == ["Zq-recording_views-name"]


def test_reports_count_whom_nobody_remembers(data: Path) -> None:
    at = now() - 40 * DAY
    answered = {"session": "s1", "text": "How?", "at": at}
    database = Database(data / DATABASE, 5)
    put(database, "sessions", over(1, at, forecast_low=1, forecast_high=5), over(2, at, started_at=None))
    put(database, "survey_answers",
        filled("survey_answers", question="stars", kind="rating", **answered) | {"value": "4", "value_text": "4"},
        filled("survey_answers", question="solved", kind="choice", **answered) | {"value": "y", "value_text": "Yes"},
        filled("survey_answers", question="why", kind="text", **answered),
    )  # fmt: skip
    put(database, "consent_texts", {"hash": "h", "title": "", "text": ""})
    put(database, "consents", filled("consents", session="s1", kind="agreement", answer="accept", text_hash="h", at=at))
    database.close()
    with serving(settings(data)) as site:
        before = Administrator(site).get("reports?days=60")
        assert [asked["question"] for asked in before["surveys"]] == ["solved", "stars", "why"]
    database = Database(data / DATABASE, 5)
    sweep(database, at=now())
    assert column(database, "sessions.name") == ["", ""]
    database.close()
    with serving(settings(data)) as site:
        after = Administrator(site).get("reports?days=60")
    assert after == before | {"surveys": before["surveys"][:2]}
    assert after["waits"]["count"] == after["waits"]["left_before"] == after["sessions"]["started"] == 1


# --- clocks --------------------------------------------------------------------------------------------------


def test_a_clock_that_is_behind_costs_nobody_anything(database: Database) -> None:
    put(database, "sessions", over(1, NOW - 1000))
    put(database, "left_messages", filled("left_messages", at=NOW - 1000))
    before = database.read_now(lambda connection: connection.execute(select(metadata.tables["sessions"])).all())
    sweep(database, at=NOW - 900 * DAY)
    sweep(database)
    assert database.read_now(lambda connection: connection.execute(select(metadata.tables["sessions"])).all()) == before
    assert column(database, "left_messages.at") == [NOW - 1000]


def test_what_was_written_while_the_clock_was_ahead_goes_when_that_time_has_come(database: Database) -> None:
    put(database, "sessions", over(1, NOW + 100 * DAY))
    sweep(database, at=NOW + 130 * DAY)
    assert column(database, "sessions.name") == ["Zq-sessions-name"]
    sweep(database, at=NOW + 130 * DAY + 1)
    assert column(database, "sessions.name") == [""]


def test_keys_and_sign_ins_go_a_day_after_they_have_expired(database: Database) -> None:
    put(database, "representatives", filled("representatives", id="Bob", name_key="bob"))
    for table, key in (("session_keys", "key_hash"), ("web_sessions", "token_hash")):
        for name, at in (("open", NOW + 1), ("just", NOW - DAY), ("long", NOW - DAY - 1)):
            put(database, table, filled(table, **{key: name}, representative="Bob", expires_at=at))
    sweep(database)
    assert column(database, "session_keys.key_hash") == column(database, "web_sessions.token_hash") == ["open", "just"]


# --- the server ----------------------------------------------------------------------------------------------


def test_a_server_that_starts_forgets_whose_time_is_over(data: Path, clock: Clock) -> None:
    site_has = {"sessions": {"retention": 30}}
    with serving(settings(data), site=site_has) as site:
        left, _ = site.waiting("Zora Quill", question="My password is Zorax.")
        left.send("end")
        assert left.until("ended")["reason"]
        waits, queued = site.waiting("Still Waiting")
        waits.drop()
    clock.forward(31 * 24 * 3600)
    reconnect = {"queue": 24 * 3600}
    with serving(settings(data), site=site_has | {"reconnect": reconnect}) as site:
        while customers(data)[0] != ("", "ended"):
            pass
        _, welcome = site.customer(resume=queued["token"])
        assert welcome["state"] == "queued"
    assert customers(data) == [("", "ended"), ("Still Waiting", "queued")]
    assert not on_the_disk(data, b"Zora") and on_the_disk(data, b"Still")


def customers(data: Path) -> list[tuple[str, str]]:
    """Names and states, as another program reads them."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return database.execute("SELECT name, state FROM sessions ORDER BY place").fetchall()


def test_the_log_beside_the_file_is_left_to_who_reads_it_and_emptied_the_next_time(
    database: Database, tmp_path: Path
) -> None:
    put(database, "left_messages", filled("left_messages", id="m1", at=NOW))
    with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM left_messages").fetchall()
        put(database, "left_messages", filled("left_messages", id="m2", at=NOW))
        asyncio.run(database.empty_log())
        assert (tmp_path / (DATABASE + "-wal")).stat().st_size
        put(database, "left_messages", filled("left_messages", id="m3", at=NOW))  # nobody was locked out by the attempt
        other.execute("COMMIT")
    asyncio.run(database.empty_log())
    assert not (tmp_path / (DATABASE + "-wal")).stat().st_size
    assert column(database, "left_messages.id") == ["m1", "m2", "m3"]
