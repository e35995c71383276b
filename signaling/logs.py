"""Structured logs: one JSON object a line, on standard error. No names, texts, addresses or tokens."""

import logging
import sys

import structlog


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
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
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
