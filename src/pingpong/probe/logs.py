"""One structured line per fact, as the core writes them, without Django."""

import logging
import os
import sys

import structlog
from structlog.types import Processor

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def set_up_logging() -> None:
    """Write to standard output, as PINGPONG_LOG_FORMAT and PINGPONG_LOG_LEVEL say."""
    level = os.environ.get("PINGPONG_LOG_LEVEL", "INFO").upper()
    on_every_line: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *on_every_line,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=on_every_line,
            processors=_renderers(os.environ.get("PINGPONG_LOG_FORMAT", "console")),
        )
    )
    logging.basicConfig(level=level if level in _LEVELS else "INFO", handlers=[handler], force=True)
    # What they repeat each second while a broker is away, we say once.
    for name in ("celery", "kombu", "amqp", "redis"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _renderers(form: str) -> list[Processor]:
    """Tracebacks are plain: the pretty ones print local variables, so secrets."""
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if form == "json":
        return [
            strip,
            structlog.processors.format_exc_info,
            structlog.processors.UnicodeDecoder(),
            structlog.processors.JSONRenderer(),
        ]
    console = structlog.dev.ConsoleRenderer(
        colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    return [strip, console]
