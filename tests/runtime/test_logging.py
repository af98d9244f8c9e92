import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings

from pingpong.config.logging import logging_settings


class Output:
    """What reached standard output."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def read(self) -> str:
        return self._capture.readouterr().out


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Iterator[Output]:
    """Read what is printed; the settings of the tests come back afterwards."""
    yield Output(capsys)
    logging.config.dictConfig(settings.LOGGING)


def set_up(form: str, level: str = "INFO") -> None:
    logging.config.dictConfig(logging_settings(level=level, form=form))


@pytest.fixture(autouse=True)
def _structlog() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_json_lines_hold_what_was_said(output: Output) -> None:
    set_up("json")
    structlog.get_logger("ours").info("fact", page="acme")
    logging.getLogger("theirs").warning("said %s", "so")
    ours, theirs = (json.loads(line) for line in output.read().splitlines())
    assert {"event", "level", "logger", "timestamp", "page"} == ours.keys()
    assert (ours["event"], ours["logger"], ours["page"]) == ("fact", "ours", "acme")
    assert (theirs["event"], theirs["level"]) == ("said so", "warning")


@pytest.mark.parametrize("form", ["console", "json"])
def test_tracebacks_do_not_show_local_variables(output: Output, form: str) -> None:
    def fail(password: str) -> None:
        raise RuntimeError(len(password))

    set_up(form)
    secret = "local" + "-secret"
    try:
        fail(secret)
    except RuntimeError:
        structlog.get_logger("ours").exception("broken")
    printed = output.read()
    assert "RuntimeError: 12" in printed
    assert secret not in printed


def test_the_level_is_kept(output: Output) -> None:
    set_up("json", level="warning")
    structlog.get_logger("ours").info("too quiet")
    logging.getLogger("theirs").info("too quiet")
    assert output.read() == ""


def test_statements_are_not_logged_at_any_level(output: Output) -> None:
    set_up("json", level="DEBUG")
    logging.getLogger("django.db.backends").debug("SELECT 'secret'")
    assert output.read() == ""


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ValueError, match="PINGPONG_LOG_LEVEL is one of DEBUG"):
        logging_settings(level="LOUD", form="json")
    with pytest.raises(ValueError, match="PINGPONG_LOG_FORMAT is one of console, json"):
        logging_settings(level="INFO", form="xml")


def test_the_key_in_the_path_of_a_fault_is_not_written(output: Output) -> None:
    set_up("json")
    broken = (ValueError, ValueError("broken"), None)
    words = ("Internal Server Error", "/dashboard/invitation/CANARY/")
    logging.getLogger("django.request").error("%s: %s", *words, exc_info=broken)
    told = output.read()
    assert "/dashboard/invitation/***" in told
    assert "CANARY" not in told
