"""Structured logs: one JSON object a line, on standard error. No names, texts, addresses or tokens.

What strangers can cause, they can cause again and again: of one event, only so many lines are written in a row, and
the next one that is written says how many were left out.
"""

import logging
import sys
import time
from collections import Counter
from typing import TextIO

import structlog

from signaling.throttle import TokenBucket

BURST = 100
"""Lines of one event that are written one after the other."""
RATE = 1.0
"""Lines of it a second after those."""


def configure() -> None:
    """Send structlog's events and those of uvicorn the same way."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = BoundedHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(allow=("of", "times"))],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # On INFO these write the address and path of each request, and the name of each migration.
    for name in ("uvicorn", "uvicorn.error", "alembic", "filelock"):
        logging.getLogger(name).setLevel(logging.WARNING)


class BoundedHandler(logging.StreamHandler[TextIO]):
    """Writes `BURST` lines of each event at once and `RATE` a second after them."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._buckets: dict[str, TokenBucket] = {}
        self._left_out: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        event = _event(record)
        now = time.monotonic()
        bucket = self._buckets.setdefault(event, TokenBucket(RATE, BURST, now))
        if not bucket.take(1, now):
            self._left_out[event] += 1
            return
        self._tell(event)
        super().emit(record)

    def close(self) -> None:
        """Say what was left out and nothing came after."""
        for event in list(self._left_out):
            self._tell(event)
        super().close()

    def _tell(self, event: str) -> None:
        times = self._left_out.pop(event, 0)
        if times:
            level = {"levelno": logging.WARNING, "levelname": "WARNING"}
            super().emit(logging.makeLogRecord({"msg": "lines_left_out", "of": event, "times": times} | level))


def _event(record: logging.LogRecord) -> str:
    """What the line is about: the event of one of ours, the logger of a library's, whose texts have no end."""
    if isinstance(record.msg, dict):
        return str(record.msg.get("event", ""))
    return f"{record.name} {record.levelname}"
