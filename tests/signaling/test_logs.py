"""Logs: what strangers can cause again and again fills no disk."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from signaling import logs
from signaling.logs import BURST, BoundedHandler


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written to standard error, by a log that is configured as the server's."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure()
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def handler() -> BoundedHandler:
    return next(one for one in logging.getLogger().handlers if isinstance(one, BoundedHandler))


def test_of_one_event_only_so_many_lines_are_written_and_the_rest_is_counted(stream: io.StringIO) -> None:
    log = structlog.get_logger()
    for number in range(10 * BURST):
        log.info("closed", code=number)
    log.error("store_failed")
    handler().close()
    written = lines(stream)
    shown = [line for line in written if line["event"] == "closed"]
    (summary,) = (line for line in written if line["event"] == "lines_left_out")
    assert BURST <= len(shown) < 2 * BURST
    assert (summary["of"], summary["times"] + len(shown), summary["level"]) == ("closed", 10 * BURST, "warning")
    assert [line["event"] for line in written[-2:]] == ["store_failed", "lines_left_out"]


def test_what_was_left_out_is_said_before_the_next_line_of_that_event(
    stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = 1000.0
    monkeypatch.setattr("signaling.logs.time.monotonic", lambda: moment)
    log = structlog.get_logger()
    for _ in range(BURST + 7):
        log.warning("sign_in_throttled")
    moment += 5
    log.warning("sign_in_throttled")
    assert [line["event"] for line in lines(stream)[BURST:]] == ["lines_left_out", "sign_in_throttled"]
    assert lines(stream)[BURST]["times"] == 7


def test_texts_of_a_library_count_together_however_they_differ(stream: io.StringIO) -> None:
    for number in range(3 * BURST):
        logging.getLogger("uvicorn.error").warning(f"Invalid request {number}")
    handler().close()
    assert lines(stream)[-1]["of"] == "uvicorn.error WARNING"
    assert len(lines(stream)) < 2 * BURST
