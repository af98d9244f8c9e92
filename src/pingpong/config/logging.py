"""One structured line per fact, to standard output, for people or for machines."""

import logging
import sys
from typing import Any

import structlog
from django.utils.log import CallbackFilter
from structlog.types import Processor

from pingpong.kit.logged_paths import shown_path

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMS = ("console", "json")

_ON_EVERY_LINE: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_settings(*, level: str, form: str) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING for it.

    `level` is a name of the standard library, `form` is console or json. Raises ValueError, with
    one sentence, for any other word.
    """
    level = level.upper()
    if level not in LEVELS:
        raise ValueError(f"PINGPONG_LOG_LEVEL is one of {', '.join(LEVELS)}.")
    if form not in FORMS:
        raise ValueError(f"PINGPONG_LOG_FORMAT is one of {', '.join(FORMS)}.")
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_ON_EVERY_LINE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _ON_EVERY_LINE,
                "processors": _renderers(form),
            }
        },
        "filters": {
            "faults": {"()": CallbackFilter, "callback": _is_fault},
            "brief": {"()": CallbackFilter, "callback": _drop_traceback},
        },
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "line",
            }
        },
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": _loggers(level),
    }


def _is_fault(record: logging.LogRecord) -> bool:
    """Let through what has a traceback; the path in its words is written without keys."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            shown_path(one) if isinstance(one, str) and one.startswith("/") else one
            for one in record.args
        )
    return bool(record.exc_info)


def _drop_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return True


def _renderers(form: str) -> list[Processor]:
    """Tracebacks are plain in both forms: the pretty ones print local variables, so secrets."""
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


def _loggers(level: str) -> dict[str, Any]:
    def quiet(at_least: str) -> dict[str, Any]:
        loudest = max(LEVELS.index(level), LEVELS.index(at_least))
        return {"handlers": [], "propagate": True, "level": LEVELS[loudest]}

    return {
        # What it says of an answer stands in the request log; what it says of a fault does not.
        "django.request": {**quiet("INFO"), "filters": ["faults"]},
        "django": quiet("INFO"),
        # DEBUG would print statements with their parameters.
        "django.db.backends": quiet("INFO"),
        # A line for each task would be several a second.
        "celery": quiet("WARNING"),
        # While the broker is away it fails every second, for a reason that its line tells.
        "celery.beat": {**quiet("WARNING"), "filters": ["brief"]},
        "kombu": quiet("WARNING"),
        "amqp": quiet("WARNING"),
        # Each of its threads repeats what the caller is told.
        "psycopg.pool": quiet("ERROR"),
        "_granian": quiet("WARNING"),
        "asyncio": quiet("WARNING"),
    }
