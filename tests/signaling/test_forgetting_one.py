"""Somebody asks to be forgotten: `deskside customer` finds what is kept of them, and deletes it at once."""

from pathlib import Path

import pytest

from signaling.app import DATABASE
from signaling.store.database import Database
from tests.signaling.kept_rows import NOW, column, filled, on_the_disk, over, put, recorded
from tests.signaling.process import deskside
from tests.signaling.server import serving, settings


@pytest.fixture
def filed(data: Path) -> Path:
    """Three sessions of Zora, of which one goes on and one is recorded, one of Ann, and three messages."""
    database = Database(data / DATABASE, 5)
    put(database, "sessions",
        over(1, NOW, name="Zora Quill"),
        over(2, NOW + 60_000, name="ZORA  QUILL"),
        over(3, NOW, name="Ann Acorn"),
        filled("sessions", id="s4", token_hash="t4", state="queued", step="queue", name="Zora", entered_at=NOW),
    )  # fmt: skip
    put(database, "survey_answers", filled("survey_answers", session="s1", question="why", kind="text"))
    put(database, "recordings", recorded(2, state="finished", customer="ZORA  QUILL", delete_at=NOW * 2))
    put(database, "left_messages",
        filled("left_messages", id="-m1", at=NOW, name="", contact="zora@example.com", text="Call me."),
        filled("left_messages", id="m2", at=NOW, name="", contact="", text="Zora here.", done_at=NOW, done_by="Bob"),
        filled("left_messages", id="m3", at=NOW, name="Ann", contact="", text="Hello"),
    )  # fmt: skip
    database.close()
    return data


def test_what_is_kept_of_somebody_is_found_in_any_case(filed: Path) -> None:
    found = deskside("customer", "find", "zora", "--data", filed)
    assert found.exit_code == 0
    assert [line.split()[:2] for line in found.stdout.splitlines()] == [
        ["session", "s1"], ["recorded", "s2"], ["message", "-m1"], ["message", "m2"],
    ]  # fmt: skip
    assert found.stdout.splitlines()[0] == "session   s1  2027-01-15 08:00  Zora Quill  -"
    assert deskside("customer", "find", "nobody", "--data", filed).stdout == ""


def test_it_is_deleted_at_once_and_nothing_else_is(filed: Path) -> None:
    assert deskside("customer", "forget", "s1", "-m1", "m2", "--data", filed).stdout == "Forgot 3.\n"
    assert (
        not on_the_disk(filed, b"Zora Quill") and not on_the_disk(filed, b"zora@") and not on_the_disk(filed, b"here.")
    )
    database = Database(filed / DATABASE, 5)
    assert column(database, "sessions.name") == ["", "ZORA  QUILL", "Ann Acorn", "Zora"]
    assert column(database, "left_messages.id") == ["m3"]
    assert column(database, "survey_answers.session") == []
    database.close()


@pytest.mark.parametrize("id", ["s2", "s4", "nothing"])
def test_what_is_recorded_goes_on_or_is_not_there_is_said_and_stays(filed: Path, id: str) -> None:
    refused = deskside("customer", "forget", id, "s1", "--data", filed)
    assert refused.exit_code == 1 and refused.stdout == "Forgot 1.\n"
    assert "1 of these ids name nothing" in refused.stderr and "delete the recording first" in refused.stderr
    again = deskside("customer", "forget", "s1", "--data", filed)
    assert again.exit_code == 1 and again.stdout == "Forgot 0.\n"
    database = Database(filed / DATABASE, 5)
    assert column(database, "sessions.name") == ["", "ZORA  QUILL", "Ann Acorn", "Zora"]
    database.close()


def test_a_server_that_runs_takes_it_over(data: Path) -> None:
    database = Database(data / DATABASE, 5)
    put(database, "left_messages", filled("left_messages", id="m1", at=NOW, name="Zora"))
    database.close()
    with serving(settings(data, position_interval=0.1)) as site:
        console, _ = site.console(site.cookie("Bob"))
        assert console.expect("message_left")["message"]["name"] == "Zora"
        left, admitted = site.arriving("Zora Quill")
        left.send("end")
        left.until("ended")
        found = deskside("customer", "find", "Zora", "--data", data).stdout.splitlines()
        assert [line.split()[:2] for line in found] == [["session", admitted["session"]], ["message", "m1"]]
        assert deskside("customer", "forget", "m1", admitted["session"], "--data", data).stdout == "Forgot 2.\n"
        assert console.until("message_finished")["id"] == "m1"
        _, welcome = site.customer(resume=admitted["token"])
        assert welcome["state"] == "new"
    assert not on_the_disk(data, b"Zora")
