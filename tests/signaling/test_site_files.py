"""The settings as one JSON file: what is exported can be imported elsewhere, and a broken file changes nothing."""

import json
import time
from pathlib import Path

import pytest

from tests.signaling.administrator import PNG, Administrator
from tests.signaling.process import Process, deskside
from tests.signaling.server import decide


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.json"


def test_what_is_exported_makes_another_server_the_same(data: Path, tmp_path: Path, file: Path) -> None:
    decide(data, company="Bäckerei Öz", logo=PNG, texts={"ar": {"greeting": "أهلًا"}}, languages=["ar", "de"])
    exported = deskside("settings", "export", "--data", data)
    assert exported.exit_code == 0 and "أهلًا" in exported.stdout
    file.write_text(exported.stdout, encoding="utf-8")
    other = tmp_path / "other"
    imported = deskside("settings", "import", file, "--data", other)
    assert (imported.exit_code, imported.stdout) == (0, "These settings are in force, as version 1.\n")
    assert deskside("settings", "export", "--data", other).stdout == exported.stdout
    again = deskside("settings", "import", "-", "--data", other, stdin=exported.stdout)
    assert again.stdout == "These settings are in force, as version 1.\n"


def test_nothing_secret_is_exported(data: Path) -> None:
    text = deskside("settings", "export", "--data", data).stdout
    assert "Bob" not in text and "argon2" not in text and "hash" not in text


def test_a_running_server_takes_an_import_at_once_and_says_who_it_was(data: Path, file: Path) -> None:
    with Process(data) as running:
        cleo = Administrator(running.site)
        cleo.decide(company="Bakery", colour="#0b5fff")
        file.write_text('\ufeff{"company": "Imported"}', encoding="utf-8")
        assert deskside("settings", "import", file, "--data", data).exit_code == 0
        deadline = time.monotonic() + 5
        while running.site.get("/api/site").json()["company"] != "Imported":
            assert time.monotonic() < deadline
            time.sleep(0.05)
        entry = cleo.get("history")["versions"][0]
        assert (entry["version"], entry["by"]) == (2, "deskside settings import")
        assert [change["path"] for change in entry["changes"]] == ["company", "colour"]
        stale = cleo.change(base=1, company="Late")
        assert (stale.status_code, stale.json()["by"]) == (409, "deskside settings import")


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (b"{", ["The file: this is no JSON"]),
        (b"", ["The file: this is no JSON"]),
        (b"\xff\xfe{", ["is no text in UTF-8"]),
        (b"[]", ["The file: this is not the right kind of value"]),
        (b'"Support"', ["The file: this is not the right kind of value"]),
        (b'{"compny": "x"}', ["compny: there is no such setting"]),
        (
            b'{"agreement": {"timeout": 0}, "texts": {"en": {"greeting": "{nam}"}}}',
            ["agreement.timeout: the number is too small; the least is: 10", "greeting: there is no such macro: nam"],
        ),
        (b'{"survey": {"on": true}}', ["survey.questions: the survey is on and has no questions"]),
        (b'{"session_start": "full_client"}', ["session_start: there is no client for customers to download"]),
    ],
)  # fmt: skip
def test_a_broken_file_changes_nothing_and_says_what_is_wrong(
    data: Path, file: Path, content: bytes, sentences: list[str]
) -> None:
    decide(data, company="Bakery")
    file.write_bytes(content)
    refused = deskside("settings", "import", file, "--data", data, DESKSIDE_STATIC=str(data / "pages"))
    assert refused.exit_code == 1 and isinstance(refused.exception, SystemExit)
    assert refused.stderr.startswith("Error: ") and refused.stdout == ""
    for sentence in sentences:
        assert sentence in refused.stderr
    assert json.loads(deskside("settings", "export", "--data", data).stdout)["company"] == "Bakery"


def test_a_file_that_is_not_there_is_a_wrong_use_of_the_command(data: Path, tmp_path: Path) -> None:
    refused = deskside("settings", "import", tmp_path / "nothing.json", "--data", data)
    assert refused.exit_code == 2 and "nothing.json" in refused.stderr


def test_a_team_that_somebody_is_in_is_not_imported_away(data: Path, file: Path) -> None:
    decide(data, teams=[{"id": "general", "name": "General"}, {"id": "printers", "name": "Printers"}])
    with Process(data) as running:
        Administrator(running.site).put("representatives/Bob", {"name": "Bob", "teams": ["printers"]})
        file.write_text("{}")
        refused = deskside("settings", "import", file, "--data", data)
    assert refused.exit_code == 1
    assert "teams: a representative is in this team: Bob (printers)" in refused.stderr


def test_a_start_mode_with_a_download_can_be_imported_where_there_is_one(data: Path, file: Path) -> None:
    client = data / "pages" / "client"
    client.mkdir()
    (client / "deskside-customer.bin").write_bytes(b"client")
    file.write_text('{"session_start": "customer_chooses"}')
    imported = deskside("settings", "import", file, "--data", data, DESKSIDE_STATIC=str(data / "pages"))
    assert imported.exit_code == 0
    with Process(data) as running:
        assert running.site.get("/api/site").json()["session_start"] == "customer_chooses"
        assert Administrator(running.site).get("settings")["start_modes"]["full_client"] == ""
