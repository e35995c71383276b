"""The command `deskside`, and what survives the death of a server."""

import json
import resource
from pathlib import Path

import pytest

from tests.signaling.process import Process, deskside
from tests.signaling.server import PASSWORD
from tests.signaling.test_session import NEGOTIATION, accepted


def test_queue_sessions_and_sign_ins_survive_a_kill(data: Path) -> None:
    with Process(data) as first:
        site = first.site
        console, console_welcome = site.console(site.cookie("Bob"), page="console")
        console.send("available", on=True)
        console.expect("availability")
        _, talking, session = accepted(site, console, page="talking")
        site.waiting("Dan", page="ahead")
        _, behind = site.waiting("Eve", page="behind")
        console.until("queue_entered")
        console.until("queue_entered")
        first.end(kill=True)

    with Process(data, port=first.port) as second:
        site = second.site
        customer, welcome = site.customer(resume=talking["token"], page="talking")
        assert (welcome["state"], welcome["peer"]) == ("active", session["peer"])
        assert customer.expect("joined")["peer"] == console_welcome["peer"]

        console, welcome = site.console(site.cookie("Bob"), page="console")
        assert welcome["peer"] == console_welcome["peer"]
        assert (welcome["available"], welcome["waiting"], welcome["sessions"]) == (True, 2, [session["session"]])
        assert console.expect("accepted")["session"] == session
        entries = [console.expect("queue_entered")["entry"] for _ in range(2)]
        assert [(entry["name"], entry["connected"]) for entry in entries] == [("Dan", False), ("Eve", False)]

        customer.send("signal", to=console_welcome["peer"], negotiation=NEGOTIATION)
        assert console.expect("signal")["from"] == session["peer"]

        waiting, _ = site.customer(resume=behind["token"], page="behind")
        assert waiting.expect("queued").items() <= behind.items()
        console.expect("queue_changed")
        console.send("accept_next")
        # Whose page is there goes first; the other keeps the place.
        assert console.until("accepted")["session"]["session"] == behind["session"]
        _, newest = site.waiting("Flo")
        assert newest["position"] == 2


def test_the_log_is_json_and_tells_nothing_about_people(data: Path) -> None:
    with Process(data) as running:
        site = running.site
        cookie = site.sign_in("Bob")
        console, _ = site.console(cookie)
        customer, queued, _ = accepted(site, console, name="Annabel", question="It is my heart.")
        customer.raw("Annabel again")
        customer.expect("error")
        site.post("/api/sign-in", {"name": "Mallory", "password": "guess guess"})
        site.get("/nothing?key=Annabel")
        customer.send("end")
        customer.expect("ended")
        log = running.end()
    events = [json.loads(line) for line in log.splitlines()]
    assert {"restored", "signed_in", "sign_in_refused"} <= {event["event"] for event in events}
    token = cookie.partition("=")[2]
    for private in ("Annabel", "heart", "Bob", "Mallory", PASSWORD, token, queued["token"], "127.0.0.1", "guess"):
        assert private not in log


def test_the_first_start_prints_a_link_that_makes_the_administrator(tmp_path: Path, prepared: Path) -> None:
    with Process(tmp_path / "new", DESKSIDE_STATIC=str(prepared / "pages")) as running:
        assert "works once" in running.line()
        address, _, token = running.line().strip().partition("#setup=")
        assert address == running.site.url + "/console"
        body = {"token": token, "name": "Ada", "password": PASSWORD}
        assert running.site.post("/api/setup", body).json() == {"name": "Ada", "administrator": True}
        assert running.site.post("/api/setup", body | {"name": "Eve"}).status_code == 403
        log = running.end()
        assert token not in log
    with Process(tmp_path / "new", DESKSIDE_STATIC=str(prepared / "pages")) as running:
        running.process.terminate()
        assert running.line() == ""


def test_a_second_server_on_the_same_folder_is_refused_with_a_sentence(data: Path) -> None:
    with Process(data):
        second = deskside("serve", "--port", "0", "--data", data, DESKSIDE_STATIC=str(data / "pages"))
    assert second.exit_code == 1
    assert second.stderr == (
        f"Error: Another Deskside server is using {data}. Stop it, or choose another folder with --data.\n"
    )


def test_a_server_that_cannot_start_says_why(data: Path, tmp_path: Path) -> None:
    with Process(data) as running:
        pages = {"DESKSIDE_STATIC": str(data / "pages")}
        other = tmp_path / "other"
        for arguments, variables, sentence in (
            (["--port", str(running.port)], pages, "Cannot listen on 127.0.0.1 port"),
            (["--certificate", __file__, "--key", __file__], pages, "Certificate "),
            (["--certificate", "x.pem"], pages, "A certificate needs its key"),
            (["--certificate", "x.pem", "--key", "y.pem"], pages, "Certificate x.pem and key y.pem: No such file"),
            ([], pages | {"DESKSIDE_PORT": "many"}, "DESKSIDE_PORT cannot be used"),
            ([], pages | {"DESKSIDE_NEW_SESSIONS_PER_ADDRESS": "lots"}, "cannot be used"),
            ([], {"DESKSIDE_STATIC": str(tmp_path / "nowhere")}, "There are no pages in"),
        ):
            failed = deskside("serve", "--data", other, *arguments, **variables)
            assert failed.exit_code == 1 and failed.stderr.startswith("Error: ")
            assert sentence in failed.stderr and isinstance(failed.exception, SystemExit)


def test_representatives_are_added_listed_and_removed_while_the_server_runs(data: Path) -> None:
    with Process(data) as running:
        added = deskside("representative", "add", "Dora", "--administrator", "--data", data, stdin="open sesame\n")
        assert (added.exit_code, added.stdout) == (0, "Dora can sign in now.\n")
        assert running.site.sign_in("dora", "open sesame")
        listed = deskside("representative", "list", "--data", data)
        assert listed.stdout.splitlines() == ["Bob", "Cleo (administrator)", "Dora (administrator)"]
        assert deskside("representative", "remove", "DORA", "--data", data).exit_code == 0
        answer = running.site.post("/api/sign-in", {"name": "Dora", "password": "open sesame"})
        assert answer.status_code == 401


def test_a_representative_needs_a_new_name_and_a_password(data: Path) -> None:
    for name, typed, sentence in (
        ("bob", "long enough", "named bob already"),
        ("B\u200bo\u00adb\u00a0", "long enough", "named Bob already"),
        ("\u200b", "long enough", "A name has"),
        ("\ue000", "long enough", "A name has"),
        ("Dora", "tab\tseparated", "at least 8"),
        ("Dora", "short", "at least 8"),
        ("Dora", "", "at least 8"),
        (" ", "long enough", "A name has"),
    ):
        refused = deskside("representative", "add", name, "--data", data, stdin=typed + "\n")
        assert refused.exit_code == 1 and sentence in refused.stderr


def test_the_app_is_written_for_another_host(tmp_path: Path) -> None:
    refused = deskside("build", tmp_path / "app", "--signaling", "support.example.com")
    assert refused.exit_code == 1 and "support.example.com" in refused.stderr


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux tells what a process may open")
def test_the_server_may_open_as_many_files_as_the_system_allows(data: Path) -> None:
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(few, 256), most))
    try:
        with Process(data) as running:
            assert resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE) == (most, most)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))
