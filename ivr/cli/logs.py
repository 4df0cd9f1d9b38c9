"""What the engine says of itself: one line an event, with the attempt's id where there is one."""

from __future__ import annotations

import logging
import sys
from pathlib import Path


def log_to(file: Path | None, least: int = logging.INFO) -> None:
    """Write events of level `least` and above as JSON lines to `file`, or in short to standard error."""
    import structlog

    stream = file.open("a", encoding="utf-8") if file else sys.stderr
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if file else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    # APScheduler tells of every tick at INFO.
    logging.basicConfig(level=logging.WARNING, stream=stream)
