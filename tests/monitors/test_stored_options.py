from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from factories.metrics import make_monitor
from factories.moments import at
from factories.outcomes import seen, ups
from factories.pages import make_page
from pingpong.monitors import stored_options
from pingpong.monitors.checks import Options
from pingpong.monitors.intake import take_outcomes, tell
from pingpong.monitors.judging import expire
from pingpong.monitors.models import Monitor, Verdict, Watch
from pingpong.monitors.stored_options import read_options, readable_options
from pingpong.probe.contract import UP, Outcome


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    read_options.cache_clear()
    with capture_logs() as lines:
        monkeypatch.setattr(stored_options, "log", structlog.get_logger("test"))
        yield lines


def test_options_that_can_be_read_are_read() -> None:
    assert read_options('{"confirmations": 3}') == Options(confirmations=3)
    assert readable_options({"confirmations": 3}) == Options(confirmations=3)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('{"method": "PUT", "confirmations": 3}', Options(confirmations=3)),
        ('{"confirmations": "many", "of_tomorrow": 1}', Options()),
        ("[]", Options()),
        ("null", Options()),
    ],
)
def test_what_cannot_be_read_has_its_default_and_is_told_once(
    text: str, known: Options, lines: list[Any]
) -> None:
    assert [read_options(text), read_options(text)] == [known, known]
    assert [line["event"] for line in lines] == ["options_unreadable"]


def test_what_cannot_be_read_is_told_once_also_where_it_comes_as_a_row(lines: list[Any]) -> None:
    stored = {"confirmations": 3, "method": "PUT"}
    assert [readable_options(stored) for _ in range(2)] == [Options(confirmations=3)] * 2
    assert len(lines) == 1


def test_a_monitor_whose_options_cannot_be_read_stops_no_other(db: None) -> None:
    page = make_page(now=at(0))
    monitors = [make_monitor(page, name, now=at(0), url="https://a.example/") for name in "ab"]
    for monitor in monitors:
        seen(monitor, ups(2), since=at(1))
    Monitor.objects.filter(pk=monitors[0].pk).update(options={"method": "PUT"})
    slot = int(at(10).timestamp())
    outcomes = [Outcome(watch.pk, slot, UP) for watch in Watch.objects.all()]
    assert take_outcomes(outcomes, vantage="local", now=at(10)) == 2
    assert list(Watch.objects.values_list("last_slot", flat=True)) == [slot, slot]
    expire(at(600), tell=partial(tell, now=at(600)))
    assert list(Verdict.objects.values_list("state", flat=True)) == ["unknown", "unknown"]
