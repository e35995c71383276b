"""What the recorder asks of the representative's page goes to the one of whoever is in the session, and no other."""

from typing import Any

import pytest

from deskside.core.versions import OLDEST, SPOKEN
from tests.signaling.recorder import Recorder, allowed, available, on, recorder
from tests.signaling.server import Page, Site

SIGNATURE = "A" * 86
HEAD = "0" * 64
ANSWER: dict[str, Any] = {
    "first": 1,
    "heads": [HEAD],
    "records": 1,
    "head": HEAD,
    "key": "B" + "A" * 86,
    "signature": SIGNATURE,
    "unseen": "",
    "missing": 0,
}


def console_of(site: Site, name: str = "Bob", spoken: dict[str, int] | None = None) -> Page:
    return site.console(site.cookie(name), spoken=SPOKEN if spoken is None else spoken)[0]


def recorded(site: Site, console: Page) -> tuple[Recorder, Page, str, str]:
    """The recorder, the customer, the session, and its recording."""
    there = recorder(site)
    customer, admitted = allowed(site, console)
    assert available(customer) == ""
    return there, customer, admitted["session"], on(there, customer)["recording"]


def test_what_is_asked_is_answered_by_the_representatives_page_once(records: Site) -> None:
    console = console_of(records)
    there, _, session, recording = recorded(records, console)
    there.send("heads_wanted", recording=recording, first=1)
    assert console.until("heads_wanted") == {"type": "heads_wanted", "session": session, "first": 1}
    for _ in range(2):
        console.send("heads", session=session, **ANSWER)
    there.send("heads_wanted", recording=recording, first=2, known=SIGNATURE)
    assert console.until("heads_wanted") == {
        "type": "heads_wanted", "session": session, "first": 2, "known": SIGNATURE,
    }  # fmt: skip
    told = {"type": "heads", "recording": recording, "session": session, "name": "Bob"} | ANSWER
    assert there.expect("heads") == told
    console.send("heads", session=session, **ANSWER | {"first": 2, "before": HEAD})
    assert there.expect("heads")["first"] == 2, "nobody had asked for the second of the first two"


def test_nobody_else_can_answer(records: Site) -> None:
    console = console_of(records)
    there, customer, session, recording = recorded(records, console)
    stranger = console_of(records, "Cleo")
    there.send("heads_wanted", recording=recording, first=1)
    console.until("heads_wanted")
    stranger.send("heads", session=session, **ANSWER | {"records": 9})
    stranger.raw("?")
    assert stranger.until("error")["code"] == "not_json", "it was read, and led to nothing"
    customer.send("heads", session=session, **ANSWER)
    assert customer.until("error")["code"] == "unknown_type"
    console.send("heads", session=session, **ANSWER)
    assert there.expect("heads")["records"] == 1


def test_the_page_that_comes_next_is_asked_anew(records: Site) -> None:
    console = console_of(records)
    there, _, session, recording = recorded(records, console)
    there.send("heads_wanted", recording=recording, first=7)
    console.until("heads_wanted")
    again = console_of(records)
    assert again.until("heads_wanted") == {"type": "heads_wanted", "session": session, "first": 7}
    again.send("heads", session=session, **ANSWER | {"first": 7, "before": HEAD, "records": 7})
    assert there.expect("heads")["first"] == 7


def test_the_last_signature_is_heard_after_the_end_of_the_session(records: Site) -> None:
    console = console_of(records)
    there, customer, session, recording = recorded(records, console)
    customer.send("end")
    there.expect("finish")
    there.send("heads_wanted", recording=recording, first=1)
    assert console.until("heads_wanted")["session"] == session
    console.send("heads", session=session, **ANSWER)
    assert there.expect("heads")["recording"] == recording
    there.send("heads_wanted", recording=recording, first=2)
    console.until("heads_wanted")
    there.send("finished", recording=recording, size=1, duration=1)
    console.send("heads", session=session, **ANSWER)
    there.send("heads_wanted", recording=recording, first=3)
    there.send("heads_wanted", recording="another", first=3)
    console.raw("?")
    assert console.next()["code"] == "not_json"


@pytest.mark.parametrize("spoken", [{}, {"version": 3, "oldest": OLDEST}])
def test_a_page_of_the_last_release_is_not_asked(records: Site, spoken: dict[str, int]) -> None:
    console = console_of(records, spoken=spoken)
    there, _, _, recording = recorded(records, console)
    there.send("heads_wanted", recording=recording, first=1)
    assert console_of(records).until("heads_wanted")["first"] == 1, "the next one is"
