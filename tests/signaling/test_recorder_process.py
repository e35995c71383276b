"""The recorder that a server starts itself: it is there when it is needed, comes back, and ends with its server."""

import json
import os
import select
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from signaling.recording_key import FILE, recording_key
from signaling.recordings.keyring import Keyring
from tests.signaling.administrator import Administrator
from tests.signaling.process import Process, deskside
from tests.signaling.recorder import allowed
from tests.signaling.server import Page, decide, settings

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux lets others wait for a process")
RECORDS: dict[str, Any] = {"recording": {"on": True}}
PATIENCE = 60.0
"""Seconds that a process may take to start on a machine that is busy."""


def children(process: Process) -> list[int]:
    """The processes that a server has started."""
    pid = process.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def ended(pid: int) -> bool:
    """Wait until a process is gone. (A child of a server that was killed is taken over by the system.)"""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], PATIENCE)[0])
    finally:
        os.close(descriptor)


def hears(customer: Page, **message: Any) -> None:
    """Wait until the page has heard this."""
    while True:
        heard = json.loads(customer.connection.recv(PATIENCE))
        if heard["type"] == "ping":
            customer.send("pong")
        if message.items() <= heard.items():
            return


def recorded_customer(process: Process) -> Page:
    """A customer in a session that may be recorded, once there is a recorder."""
    console, _ = process.site.console(process.site.cookie("Bob"))
    customer, _ = allowed(process.site, console)
    hears(customer, type="recorder", available=True)
    return customer


def test_the_recorder_is_there_when_it_is_needed_comes_back_and_ends_with_its_server(data: Path) -> None:
    decide(data, **RECORDS)
    with Process(data) as running:
        customer = recorded_customer(running)
        (child,) = children(running)
        os.kill(child, signal.SIGKILL)
        hears(customer, type="recorder", available=False, reason="missing")
        hears(customer, type="recorder", available=True)
        (second,) = children(running)
        assert second != child
        log = running.end()
        assert ended(second)
    events = [json.loads(line) for line in log.splitlines()]
    names = [event["event"] for event in events]
    assert names.count("recorder_started") == 2 and names.count("recorder_came") == 2
    assert "recorder_died" in names and "recorder_killed" not in names
    key = (data / FILE).read_text().strip()
    assert key not in log and "Bearer" not in log


def test_a_server_that_is_killed_leaves_no_recorder_behind(data: Path) -> None:
    decide(data, **RECORDS)
    with Process(data) as running:
        recorded_customer(running)
        (child,) = children(running)
        running.end(kill=True)
        assert ended(child)


def test_nothing_is_started_where_nothing_is_recorded(data: Path) -> None:
    with Process(data) as running:
        assert children(running) == []
        Administrator(running.site).decide(**RECORDS)
        recorded_customer(running)
        assert len(children(running)) == 1


@pytest.mark.parametrize("recorder", ["off", "external"])
def test_no_child_is_started_where_somebody_else_records_or_nobody(data: Path, recorder: str) -> None:
    decide(data, **RECORDS)
    token = "x" * 20
    with Process(data, DESKSIDE_RECORDER=recorder, DESKSIDE_RECORDER_TOKEN=token) as running:
        console, _ = running.site.console(running.site.cookie("Bob"))
        customer, _ = allowed(running.site, console)
        hears(customer, type="recorder", available=False, reason="missing")
        assert children(running) == []


def test_over_tls_the_child_trusts_the_servers_own_certificate(data: Path, certificate: tuple[Path, Path]) -> None:
    decide(data, **RECORDS)
    chain, key = certificate
    with Process(data, DESKSIDE_CERTIFICATE=str(chain), DESKSIDE_KEY=str(key)) as running:
        assert running.site.url.startswith("https://")
        came(running)
        assert '"recorder_came"' in running.end()


def came(running: Process) -> None:
    """Wait until the recorder has come, which the log alone tells."""
    while '"recorder_came"' not in running.logged():
        assert running.process.poll() is None
        time.sleep(0.02)


# --- the key -------------------------------------------------------------------------------------------------


def test_a_key_is_made_once_and_is_for_its_owner_alone(data: Path) -> None:
    first = recording_key(settings(data))
    assert Keyring.from_text(first)
    assert (data / FILE).stat().st_mode & 0o777 == 0o600
    assert recording_key(settings(data)) == first
    assert [path.name for path in data.glob("recording*")] == [FILE]
    given = Keyring.generate()
    assert recording_key(settings(data, recording_key=given)) == given


def test_a_key_in_the_environment_makes_no_file(data: Path) -> None:
    with Process(data, DESKSIDE_RECORDING_KEY=Keyring.generate()) as running:
        running.end()
    assert not (data / FILE).exists()


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"DESKSIDE_RECORDING_KEY": "short"}, "The recording key cannot be used. A recording key is 43 characters"),
        ({"DESKSIDE_RECORDER": "external"}, "An external recorder needs a token of at least 20 characters"),
        ({"DESKSIDE_RECORDER": "perhaps"}, "DESKSIDE_RECORDER cannot be used"),
    ],
)
def test_a_server_that_could_not_record_says_so_at_the_start(
    data: Path, variables: dict[str, str], sentence: str
) -> None:
    failed = deskside("serve", "--data", data, "--port", "0", DESKSIDE_STATIC=str(data / "pages"), **variables)
    assert failed.exit_code == 1 and sentence in failed.stderr
    assert "short" not in failed.stderr
