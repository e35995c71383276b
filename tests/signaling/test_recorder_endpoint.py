"""The WebSocket of the recorder: one that knows the token, speaks as it should, and is there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.signaling.recorder import TOKEN, knocking, recorder
from tests.signaling.server import Site, serving, settings


@pytest.fixture
def open_to_recorders(data: Path) -> Iterator[Site]:
    with serving(settings(data, recorder="external", recorder_token=TOKEN)) as running:
        yield running


def refusal(site: Site, *arguments: Any, **options: Any) -> int:
    """The answer to a handshake that is refused."""
    with pytest.raises(InvalidStatus) as refused:
        knocking(site, *arguments, **options)
    return refused.value.response.status_code


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x", TOKEN[:-1], "töken"])
def test_without_the_token_nobody_is_let_in(open_to_recorders: Site, token: str | None) -> None:
    shown = token.encode().decode("latin-1") if token else token
    assert refusal(open_to_recorders, shown) == 401


def test_no_page_of_a_browser_is_let_in_even_with_the_token(open_to_recorders: Site) -> None:
    assert refusal(open_to_recorders, origin=open_to_recorders.url) == 401


def test_whoever_speaks_something_else_is_not_let_in(open_to_recorders: Site) -> None:
    assert refusal(open_to_recorders, subprotocols=["deskside.v1"]) == 400


@pytest.mark.parametrize(("recorder", "token"), [("off", TOKEN), ("external", ""), ("child", "")])
def test_where_no_recorder_is_expected_none_is_let_in(data: Path, recorder: str, token: str) -> None:
    with serving(settings(data, recorder=recorder, recorder_token=token)) as site:
        assert refusal(site, token) == 401
        assert refusal(site) == 401


@pytest.mark.parametrize("nonsense", ["?", '{"type":"pong"}', '{"type":"hello","recorder":"x"}', b"hello"])
def test_the_first_frame_is_a_hello(open_to_recorders: Site, nonsense: str | bytes) -> None:
    there = knocking(open_to_recorders)
    there.raw(nonsense)
    assert there.close_code() == 4400


def test_the_first_frame_comes_in_time(data: Path) -> None:
    with serving(settings(data, recorder="external", recorder_token=TOKEN, hello_timeout=0.2)) as site:
        assert knocking(site).close_code() == 4408


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("?", 4400),
        ('{"type":"offer"}', 4400),
        ('{"type":"answer","recording":"r","part":0,"sdp":""}', 4400),
        (b"\0", 4400),
        ('{"type":"' + "x" * 100_000 + '"}', 4413),
    ],
)
def test_a_recorder_of_another_age_is_sent_away(open_to_recorders: Site, text: str | bytes, code: int) -> None:
    there = recorder(open_to_recorders)
    there.raw(text)
    assert there.close_code() == code
    recorder(open_to_recorders)


def test_a_second_recorder_is_refused_while_the_first_one_answers(open_to_recorders: Site) -> None:
    first = recorder(open_to_recorders)
    second = knocking(open_to_recorders)
    second.hello()
    while True:  # the first one is asked, and answers
        message = first.connection.recv(5)
        if "ping" in str(message):
            first.send("pong")
            break
    assert second.close_code() == 4409
    first.close()
    recorder(open_to_recorders)


def test_a_second_recorder_takes_the_place_of_one_that_does_not_answer(
    open_to_recorders: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.recorder_endpoint._ANSWERS_WITHIN", 0.1)
    first = recorder(open_to_recorders)
    recorder(open_to_recorders)
    assert first.close_code() == 4409


def test_a_recorder_that_says_nothing_any_more_is_hung_up_on(data: Path) -> None:
    quick: dict[str, Any] = {"ping_interval": 0.05, "silence_timeout": 0.2}
    with serving(settings(data, recorder="external", recorder_token=TOKEN, **quick)) as site:
        assert recorder(site).close_code() == 4408
