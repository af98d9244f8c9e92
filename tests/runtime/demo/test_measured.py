"""The past of the demo's monitors agrees with itself, and with the demo's incidents."""

from datetime import datetime, timedelta

from django.db.models import F, Max, Min, Sum

from pingpong.incidents.models import Incident
from pingpong.monitors import histogram, series
from pingpong.monitors.models import (
    DayRollup,
    HourRollup,
    Monitor,
    RawOutcome,
    Verdict,
    VerdictSpan,
    Watch,
)
from pingpong.overview.summary import summarise
from pingpong.pages.models import Page
from pingpong.runtime.demo.watches import MEASURED_DAYS

MEASURED = ["API", "Start page", "Dashboard", "Images", "Hourly backup", "Status page"]


def test_sums_of_days_are_those_of_their_hours(demo: Page) -> None:
    sums = [Sum(name) for name in ("n", "ok", "gaps", "sum_us")]
    of_hours, of_days = (
        model.objects.order_by("watch_id").values("watch_id").annotate(*sums, Max("max_us"))
        for model in (HourRollup, DayRollup)
    )
    assert list(of_hours) == list(of_days)
    names = Monitor.objects.filter(watches__hours__isnull=False).distinct()
    assert list(names.values_list("name", flat=True)) == MEASURED


def test_histograms_hold_as_many_times_as_were_up(demo: Page) -> None:
    for row in HourRollup.objects.filter(start__gte=0)[:500]:
        assert sum(histogram.unpack(bytes(row.bins)).values()) == row.ok


def test_past_reaches_back_two_months_and_single_checks_three_days(
    demo: Page, now: datetime
) -> None:
    start = HourRollup.objects.aggregate(at=Min("start"))["at"]
    assert 0 <= start - (now - timedelta(days=MEASURED_DAYS, hours=1)).timestamp() < 2 * 3600
    edges = RawOutcome.objects.aggregate(first=Min("slot"), last=Max("slot"))
    assert int(now.timestamp()) - edges["first"] <= 72 * 3600
    assert now.timestamp() - 120 < edges["last"] < now.timestamp()


def test_single_checks_are_in_the_sums(demo: Page, now: datetime) -> None:
    watch = Watch.objects.get(monitor__name="Start page")
    hour = int(now.timestamp()) // 3600 * 3600 - 3600
    checks = RawOutcome.objects.filter(watch=watch, slot__gte=hour, slot__lt=hour + 3600)
    row = HourRollup.objects.get(watch=watch, start=hour)
    assert checks.count() == row.n == 60
    assert sum(checks.filter(word="up").values_list("total_us", flat=True)) == row.sum_us


def test_monitors_were_down_when_their_component_was(demo: Page) -> None:
    outage = Incident.objects.get(page=demo, title="Power failure in a data centre")
    began, ended = outage.occurred_at, outage.resolved_at
    assert began is not None
    assert ended is not None
    for name in ("API", "Start page", "Dashboard"):
        downs = VerdictSpan.objects.filter(monitor__name=name, state="down")
        (told,) = [one for one in downs if began.timestamp() <= one.start < ended.timestamp()]
        interval_s = Watch.objects.filter(monitor__name=name).values_list("interval_s")[0][0]
        assert told.start - began.timestamp() < interval_s
        assert 0 <= told.end - ended.timestamp() < interval_s
    spans = VerdictSpan.objects.filter(state="down").values_list("monitor__name", flat=True)
    assert sorted(spans) == ["API", "API", "Dashboard", "Dashboard", "Start page", "Start page"]


def test_spans_follow_each_other_and_leave_the_gaps_open(demo: Page) -> None:
    for monitor in Monitor.objects.filter(page=demo, name__in=MEASURED):
        spans = list(VerdictSpan.objects.filter(monitor=monitor).order_by("start"))
        verdict = Verdict.objects.get(monitor=monitor)
        starts = [*(one.start for one in spans[1:]), verdict.since]
        assert all(one.end <= start for one, start in zip(spans, starts, strict=True))
        # Nobody looked for 3.2 hours, which an hourly heartbeat hardly notices.
        holes = [start - one.end for one, start in zip(spans, starts, strict=True)]
        assert max(holes, default=0) > 1.5 * 3600 - 60
    assert not VerdictSpan.objects.filter(end__lte=F("start")).exists()


def test_watches_go_on_from_what_was_seen_last(demo: Page, now: datetime) -> None:
    for watch in Watch.objects.filter(monitor__page=demo, last_slot__isnull=False):
        assert (watch.last_word, watch.is_up) == ("up", True)
        assert watch.streak_slot is not None
        assert watch.last_slot is not None
        assert watch.streak_slot < watch.last_slot < now.timestamp()


def test_page_shows_them(demo: Page, now: datetime) -> None:
    told = {one.name: one for one in summarise(demo, now=now).monitors}
    assert {name: one.state.value for name, one in told.items()} == {
        "API": "up",
        "Start page": "up",
        "Dashboard": "up",
        "Images": "paused",
        "Hourly backup": "up",
        "Guides": "idle",
        "Status page": "up",
    }
    assert told["API"].places == ("US West", "United Kingdom", "Japan")
    assert [name for name, one in told.items() if one.component_id is None] == ["Status page"]
    start_page = told["Start page"]
    assert start_page.uptime is not None
    assert 99 < start_page.uptime < 100
    assert start_page.response_time_ms is not None


def test_charts_have_lines_with_a_gap(demo: Page, now: datetime) -> None:
    monitor = Monitor.objects.get(name="Start page")
    end = int(now.timestamp()) // 600 * 600
    (points,) = series.series([monitor.pk], start=end - 86_400, end=end, step=600).values()
    assert 136 <= len(points) < 144
