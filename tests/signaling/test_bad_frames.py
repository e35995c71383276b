"""Frames that no page of ours would send."""

import json
import secrets
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from deskside.core.codec import MAX_FRAME
from tests.signaling.server import Page, Site, serving, settings
from tests.signaling.test_session import NEGOTIATION, accepted

ENTER = {"type": "enter", "name": "Ann", "question": "", "language": "en", "notifications": "granted"}


def described(sdp: str) -> dict[str, Any]:
    """A negotiation message with this description."""
    return NEGOTIATION | {"description": {"type": "offer", "sdp": sdp}}


def error_code(page: Page) -> str:
    """The code of the error that is next."""
    return str(page.expect("error")["code"])


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 50_000, "not_json"),
        ('{"type": "enter", "name": "\\ud800", "question": "", "language": ""}', "not_json"),
        (b"\x00\x01", "not_text"),
        ("[]", "not_a_message"),
        ("null", "not_a_message"),
        ('{"type": 1}', "not_a_message"),
        ('{"type": "welcome"}', "unknown_type"),
        ('{"type": "accept_next"}', "unknown_type"),
        ('{"type": "__class__"}', "unknown_type"),
        ('{"type": "end", "session": "x"}', "bad_field"),
        ('{"type": "end", "from": "x"}', "bad_field"),
        (json.dumps(ENTER | {"name": "A" * 101}), "bad_field"),
        (json.dumps(ENTER | {"name": None}), "bad_field"),
        (json.dumps(ENTER | {"name": "A\u202e"}), "bad_field"),
        (json.dumps(ENTER | {"name": "A\nB"}), "bad_field"),
        (json.dumps(ENTER | {"question": "?" * 2001}), "bad_field"),
        (json.dumps(ENTER | {"peer": "mine"}), "bad_field"),
        (json.dumps({"type": "signal", "to": "../x", "negotiation": NEGOTIATION}), "bad_field"),
        (json.dumps({"type": "signal", "to": "x", "negotiation": {"connection": "spy", "number": 1}}), "bad_field"),
        (json.dumps({"type": "signal", "to": "x", "negotiation": NEGOTIATION | {"number": -1}}), "bad_field"),
        (json.dumps({"type": "signal", "to": "x", "negotiation": NEGOTIATION | {"number": True}}), "bad_field"),
    ],
)
def test_a_wrong_frame_is_answered_with_its_code_and_the_page_may_go_on(
    common: Site, frame: str | bytes, code: str
) -> None:
    customer, _ = common.customer()
    customer.raw(frame)
    assert error_code(customer) == code
    customer.raw(json.dumps(ENTER))
    customer.until("queued")


def test_the_error_does_not_repeat_what_was_sent(common: Site) -> None:
    customer, _ = common.customer()
    customer.raw(json.dumps(ENTER | {"name": "secret\x07", "secret": 1}))
    assert "secret" not in json.dumps(customer.expect("error"))


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (json.dumps({"type": "hello", "role": "customer", "page": "again"}), "wrong_state"),
        (json.dumps({"type": "end"}), "wrong_state"),
        (json.dumps({"type": "signal", "to": "x", "negotiation": NEGOTIATION}), "wrong_state"),
    ],
)
def test_a_frame_out_of_order_is_refused(common: Site, frame: str, code: str) -> None:
    customer, _ = common.customer()
    customer.raw(frame)
    assert error_code(customer) == code


def test_entering_twice_leaves_one_place_in_the_queue(site: Site) -> None:
    console, _ = site.console(site.cookie("Bob"))
    customer, _ = site.waiting()
    customer.raw(json.dumps(ENTER))
    assert error_code(customer) == "wrong_state"
    assert console.expect("queue_entered")["waiting"] == 1
    assert console.hears_nothing()


@pytest.mark.parametrize(
    "hello",
    [
        "nonsense",
        b"\x00",
        json.dumps(ENTER),
        json.dumps({"type": "hello"}),
        json.dumps({"type": "hello", "role": "recorder", "page": "x"}),
        json.dumps({"type": "hello", "role": "customer", "page": "x", "peer": "chosen"}),
        json.dumps({"type": "hello", "role": "representative", "page": "x", "resume": "x"}),
        json.dumps({"type": "hello", "role": "customer", "page": "x" * 65}),
    ],
)
def test_a_page_that_does_not_begin_with_hello_is_closed(common: Site, hello: str | bytes) -> None:
    page = common.page()
    page.raw(hello)
    assert page.close_code() == 4400


def test_a_page_that_says_nothing_is_closed(data: Path) -> None:
    with serving(settings(data, hello_timeout=0.1)) as site:
        assert site.page().close_code() == 4408


def test_a_page_that_never_enters_is_closed_and_one_that_waits_stays(data: Path) -> None:
    with serving(settings(data, enter_timeout=2)) as site:
        idle, _ = site.customer()
        waiting, _ = site.waiting()
        assert idle.close_code() == 4408
        assert waiting.hears_nothing()


def test_one_address_cannot_keep_the_disk_busy_with_guessed_tokens(data: Path) -> None:
    with serving(settings(data, hellos_per_address="2/minute")) as site:
        for _ in range(2):
            assert site.customer(resume="guessed")[1]["state"] == "new"
        for hello in ('{"type":"hello","role":"customer","page":"one","resume":"guessed"}', "nonsense"):
            page = site.page()
            page.raw(hello)
            assert page.close_code() == 4429


def test_an_oversized_frame_closes_before_it_is_parsed(common: Site) -> None:
    customer, _ = common.customer()
    customer.raw(json.dumps(ENTER | {"question": "?" * MAX_FRAME}))
    assert customer.close_code() == 4413


def test_a_huge_frame_is_not_even_read(common: Site) -> None:
    customer, _ = common.customer()
    customer.raw("?" * (5 * MAX_FRAME))
    assert customer.close_code() == 1009


def test_the_longest_description_passes(site: Site) -> None:
    console, welcome = site.console(site.cookie("Bob"))
    customer, _, _ = accepted(site, console)
    longest = {"connection": "work", "number": 1, "description": {"type": "offer", "sdp": "\u00e9" * 64 * 1024}}
    customer.raw(json.dumps({"type": "signal", "to": welcome["peer"], "negotiation": longest}, ensure_ascii=False))
    assert console.expect("signal")["negotiation"] == longest


def test_a_signal_that_would_be_too_large_when_forwarded_is_refused_and_holds_up_nobody(site: Site) -> None:
    console, welcome = site.console(site.cookie("Bob"))
    customer, queued, _ = accepted(site, console)
    # A control character takes one character of the description and six of the frame.
    signal = {"type": "signal", "to": welcome["peer"], "negotiation": NEGOTIATION}
    room = MAX_FRAME - len(json.dumps(signal | {"negotiation": described("")}, separators=(",", ":")))
    escaped, plain = divmod(room, 6)
    nearly = signal | {"negotiation": described("\x01" * escaped + "x" * plain)}
    text = json.dumps(nearly, separators=(",", ":"))
    assert len(text) == MAX_FRAME
    waiting, _ = site.customer()
    waiting.enter("Dan")
    for _ in range(3):
        customer.raw(text)
    assert [error_code(customer) for _ in range(3)] == ["too_large"] * 3
    waiting.until("queued")
    assert console.expect("queue_entered")["entry"]["name"] == "Dan"
    customer.send("signal", to=welcome["peer"], negotiation=NEGOTIATION)
    assert console.expect("signal")["session"] == queued["session"]


def test_who_sends_too_much_is_closed(common: Site) -> None:
    customer, _ = common.customer()
    with suppress(ConnectionClosed):
        for _ in range(1000):
            customer.send("pong")
    assert customer.close_code() == 4429


def test_who_sends_nonsense_is_closed_sooner(common: Site) -> None:
    customer, _ = common.customer()
    with suppress(ConnectionClosed):
        for _ in range(30):
            customer.raw("nonsense")
    assert customer.close_code() == 4429


def test_one_address_cannot_fill_the_queue(data: Path) -> None:
    with serving(settings(data, new_sessions_per_address="2/minute")) as site:
        site.waiting()
        site.waiting()
        customer, _ = site.customer()
        customer.raw(json.dumps(ENTER))
        assert error_code(customer) == "too_many"


def test_one_address_cannot_keep_the_disk_busy_with_changes_of_language(data: Path) -> None:
    with serving(settings(data, language_changes_per_address="2/minute")) as site:
        customer, _ = site.waiting()
        for _ in range(5):
            customer.send("language", language="en")
        assert customer.hears_nothing()
        for language in ("de", "ar"):
            customer.send("language", language=language)
            customer.expect("step")
        customer.send("language", language="de")
        assert error_code(customer) == "too_many"


def test_a_full_queue_takes_nobody(data: Path) -> None:
    with serving(settings(data, max_waiting=1)) as site:
        site.waiting()
        customer, _ = site.customer()
        customer.raw(json.dumps(ENTER))
        assert error_code(customer) == "queue_full"


def test_a_page_that_answers_no_ping_is_closed_and_one_that_does_stays(data: Path) -> None:
    with serving(settings(data, ping_interval=0.3, silence_timeout=2)) as site:
        silent, _ = site.customer()
        alive, _ = site.customer()
        until = time.monotonic() + 3
        while time.monotonic() < until:
            message: dict[str, Any] = json.loads(alive.connection.recv(5))
            assert message["type"] == "ping"
            alive.send("pong")
        assert silent.close_code() == 4408
        assert alive.hears_nothing()


def test_whoever_asks_whether_the_server_is_there_is_answered(data: Path) -> None:
    with serving(settings(data)) as site:
        console, _ = site.console(site.cookie("Bob"))
        customer, _ = site.customer()
        for page in (console, customer):
            page.send("ping")
            page.expect("pong")
            page.send("pong")
            assert page.hears_nothing()


def test_a_page_that_does_not_read_is_cut_off_and_holds_up_nobody(data: Path) -> None:
    # Small buffers on both ends, so that what the page does not read stays with the server.
    with serving(settings(data), send_buffer=16 * 1024) as site, socket.socket() as narrow:
        console, _ = site.console(site.cookie("Bob"))
        customer, queued, session = accepted(site, console, page="slow")
        customer.drop()
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        narrow.connect(("127.0.0.1", int(site.url.rpartition(":")[2])))
        slow = site.page(sock=narrow, max_queue=1)
        slow.send("hello", role="customer", page="slow", resume=queued["token"])
        slow.expect("welcome")
        slow.expect("joined")
        large = NEGOTIATION | {"description": {"type": "offer", "sdp": secrets.token_hex(30 * 1024)}}
        for _ in range(60):
            console.send("signal", session=session["session"], to=session["peer"], negotiation=large)
        site.waiting("Dan")
        assert console.until("queue_entered")["entry"]["name"] == "Dan"
        # It does not read the close either: the line is cut, which the next signals find out.
        until = time.monotonic() + 5
        while not away(console, session) and time.monotonic() < until:
            time.sleep(0.05)
        assert away(console, session)
        slow.drop()


def away(console: Page, session: dict[str, Any]) -> bool:
    """Whether the server says that the customer is not there."""
    console.send("signal", session=session["session"], to=session["peer"], negotiation=NEGOTIATION)
    try:
        message = json.loads(console.connection.recv(0.05))
    except TimeoutError:
        return False
    return bool(message.get("code") == "peer_away")
