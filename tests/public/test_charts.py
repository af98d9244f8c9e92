"""What is drawn, when, and from how many queries."""

import json
from datetime import timedelta
from typing import Any

import pytest

from factories.metrics import make_monitor
from factories.moments import BEGINNING, at
from factories.outcomes import seen, ups
from fixtures.queries import QueryCount
from pingpong.monitors.models import Monitor, Showcase
from pingpong.pages.models import Page
from pingpong.pages.versions import touch
from pingpong.public import ranges, render
from pingpong.public.charts import Charts
from pingpong.public.models import StoredBody
from pingpong.public.render import render_page

pytestmark = pytest.mark.django_db

BOTH = Showcase.UPTIME_AND_RESPONSE_TIME
DAY = 24 * 60


@pytest.fixture(autouse=True)
def charts(monkeypatch: pytest.MonkeyPatch) -> Charts:
    """Remember nothing of other tests; the id of the page decides on no moment."""
    monkeypatch.setattr(ranges, "crc32", lambda _: 0)
    fresh = Charts()
    monkeypatch.setattr(render, "_charts", fresh)
    return fresh


def _monitor(page: Page, showcased: str = BOTH, **others: Any) -> Monitor:
    facts = {"url": "http://www.acme.example/", "frequency": "minute", **others}
    return make_monitor(page, showcased=showcased, now=at(0), **facts)


def _json(monitor: Monitor, name: str) -> dict[str, Any]:
    path = f"/s/acme/metrics/{monitor.pk}/{name}.json"
    return dict(json.loads(bytes(StoredBody.objects.get(path=path).identity)))


def _names(monitor: Monitor) -> list[str]:
    prefix = f"/s/acme/metrics/{monitor.pk}/"
    found = StoredBody.objects.filter(path__startswith=prefix).order_by("path")
    return [one.path.removeprefix(prefix) for one in found]


def _digests() -> dict[str, str]:
    return dict(StoredBody.objects.values_list("path", "digest"))


def _see(monitor: Monitor, words: list[str], minute: float = 1, **others: Any) -> None:
    seen(monitor, words, since=at(minute), every=timedelta(minutes=1), **others)


def test_monitors_have_the_bodies_that_they_showcase(page: Page) -> None:
    both, times, bars, none = (
        _monitor(page, one)
        for one in (BOTH, Showcase.RESPONSE_TIME, Showcase.UPTIME, Showcase.NOTHING)
    )
    render_page(page.pk, now=at(5))
    ranges = ["24h.json", "30d.json", "7d.json", "90d.json"]
    assert _names(both) == [*ranges, "days.json"]
    assert _names(times) == ranges
    assert _names(bars) == ["days.json"]
    assert _names(none) == []


def test_chart_of_a_day_has_means_and_peaks_and_gaps(page: Page) -> None:
    monitor = _monitor(page)
    _see(monitor, ups(9), total_us=100_000)
    _see(monitor, ["up", "connect_refused", "up"], minute=20, total_us=50_000)
    render_page(page.pk, now=at(45))
    told = _json(monitor, "24h")
    first = (BEGINNING.timestamp() - told["start"]) / told["step"]
    assert first.is_integer()
    place = int(first)
    assert told["mean"][place : place + 4] == [100, None, 50, None]
    assert told["max"][place : place + 4] == [100, None, 50, None]
    assert (told["range"], told["unit"], told["stale"]) == ("24h", "ms", False)
    assert len(told["mean"]) == len(told["max"]) == 144


def test_days_count_checks_failures_and_gaps(page: Page) -> None:
    monitor = _monitor(page, Showcase.UPTIME)
    _see(monitor, [*ups(3), "connect_refused", "probe_fault"])
    render_page(page.pk, now=at(120))
    told = _json(monitor, "days")
    assert (told["checks"][-1], told["failed"][-1], told["gaps"][-1]) == (4, 1, 1)
    assert [len(told[name]) for name in ("checks", "failed", "gaps")] == [90] * 3
    assert told["start"] == "2025-12-11"


def test_long_ranges_are_kept_until_their_window_moves_on(page: Page) -> None:
    monitor = _monitor(page)
    _see(monitor, ups(3))
    render_page(page.pk, now=at(5))
    before = _digests()
    _see(monitor, ups(40), minute=6, total_us=900_000)
    render_page(page.pk, now=at(50))
    changed = {path.rpartition("/")[2] for path, one in _digests().items() if one != before[path]}
    assert changed == {"", "24h.json", "index.json", "summary.json"}
    render_page(page.pk, now=at(125))
    assert max(filter(None, _json(monitor, "7d")["p95"])) > 500


def test_page_shows_the_picture_that_was_drawn_before(page: Page) -> None:
    _see(_monitor(page), ups(3))
    for minute in (5, 6):
        render_page(page.pk, now=at(minute))
        html = bytes(StoredBody.objects.get(path="/s/acme/").identity).decode()
        assert "Mean 120 ms, highest 120 ms." in html
        assert '<path class="mid" d="M' in html


def test_first_outcome_of_a_monitor_is_drawn_at_once(page: Page) -> None:
    monitor = _monitor(page)
    render_page(page.pk, now=at(5))
    assert set(_json(monitor, "24h")["mean"]) == {None}
    _see(monitor, ups(1), minute=5)
    render_page(page.pk, now=at(5.5))
    assert set(_json(monitor, "24h")["mean"]) == {None, 120}


def test_another_engine_s_work_is_kept_and_lost_work_is_done_again(
    page: Page,
) -> None:
    monitor = _monitor(page)
    _see(monitor, ups(3))
    render_page(page.pk, now=at(5))
    StoredBody.objects.filter(path__endswith="7d.json").delete()
    render_page(page.pk, now=at(6))
    assert "7d.json" in _names(monitor)


def test_what_could_not_be_stored_is_drawn_again(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitor = _monitor(page)
    render_page(page.pk, now=at(5))
    _see(monitor, ups(30), minute=6)
    keep = render.keep
    monkeypatch.setattr(render, "keep", lambda *_, **__: False)
    assert not render_page(page.pk, now=at(40))
    monkeypatch.setattr(render, "keep", keep)
    assert render_page(page.pk, now=at(41))
    assert 120 in _json(monitor, "24h")["mean"]


def test_bodies_go_with_their_monitor(page: Page) -> None:
    monitor = _monitor(page)
    render_page(page.pk, now=at(5))
    Monitor.objects.filter(pk=monitor.pk).update(showcased=Showcase.NOTHING)
    touch(page.pk)
    render_page(page.pk, now=at(6))
    assert [path for path in _digests() if monitor.pk in path] == []


def test_queries_do_not_depend_on_the_number_of_monitors(
    page: Page, query_count: QueryCount, monkeypatch: pytest.MonkeyPatch
) -> None:
    render_page(page.pk, now=at(1))
    counts = []
    for start, more in ((10, 1), (20, 2), (30, 27)):
        for _ in range(more):
            _see(_monitor(page), ups(1))
        render_page(page.pk, now=at(start))  # the news are told
        monkeypatch.setattr(render, "_charts", Charts())
        for minute in (start + 1, start + 2):
            with query_count() as counted:
                render_page(page.pk, now=at(minute))
            counts.append(len(counted))
    drawn_anew, kept = counts[::2], counts[1::2]
    assert len(set(drawn_anew)) == 1
    assert len(set(kept)) == 1
    # Two for single checks, and one for each longer range; what is stored is as it is drawn.
    assert drawn_anew[0] - kept[0] == 6
