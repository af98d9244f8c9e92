from datetime import datetime, timedelta

import pytest

from factories.metrics import make_monitor
from factories.moments import at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.monitors.models import (
    DayRollup,
    HourRollup,
    Monitor,
    ProbeAgent,
    RawOutcome,
    VerdictSpan,
    Watch,
)
from pingpong.monitors.retention import forget_old

NOW = at(0)


@pytest.fixture
def watch(db: None) -> Watch:
    monitor = make_monitor(make_page(now=NOW), now=NOW)
    row, _ = Watch.objects.get_or_create(
        monitor=monitor, location="Japan", defaults={"interval_s": 60, "phase_s": 0}
    )
    return row


def before(**ago: float) -> int:
    return int((NOW - timedelta(**ago)).timestamp())


def outcome(watch: Watch, slot: int) -> RawOutcome:
    durations = dict.fromkeys(("total_us", "dns_us", "connect_us", "tls_us", "first_byte_us"), 1)
    return RawOutcome(
        watch=watch, slot=slot, word="up", status=200, delay_ms=0, vantage="here", **durations
    )


def slots() -> list[int]:
    return list(RawOutcome.objects.order_by("slot").values_list("slot", flat=True))


def test_single_checks_are_kept_for_72_hours(watch: Watch) -> None:
    old, kept = before(hours=72, seconds=1), before(hours=72)
    RawOutcome.objects.bulk_create([outcome(watch, old), outcome(watch, kept)])
    assert forget_old(NOW) == 1
    assert slots() == [kept]


def test_late_checks_among_newer_ones_are_forgotten_too(watch: Watch) -> None:
    aged = [before(days=4, minutes=n) for n in range(4)]
    fresh = [before(minutes=n) for n in range(4)]
    for pair in zip(aged, fresh, strict=True):
        RawOutcome.objects.bulk_create([outcome(watch, slot) for slot in pair])
    assert forget_old(NOW, batch=2) == 4
    assert slots() == sorted(fresh)


def test_each_batch_is_a_transaction_of_its_own(watch: Watch, query_count: QueryCount) -> None:
    RawOutcome.objects.bulk_create([outcome(watch, before(days=4, minutes=n)) for n in range(10)])
    with query_count() as counted:
        assert forget_old(NOW, batch=4) == 10
    deletes = [one for one in counted if one["sql"].startswith('DELETE FROM "monitors_rawoutcome"')]
    assert len(deletes) == 3


def test_hours_are_kept_for_13_months_and_days_for_good(watch: Watch) -> None:
    numbers = dict.fromkeys(("n", "ok", "degraded", "gaps", "sum_us", "min_us", "max_us"), 1)
    for days in (500, 450, 400, 390, 1):
        for level in (HourRollup, DayRollup):
            level.objects.create(watch=watch, start=before(days=days), bins=b"", **numbers)
    assert forget_old(NOW, batch=2) == 3
    assert (HourRollup.objects.count(), DayRollup.objects.count()) == (2, 5)


def test_spans_are_kept_for_25_months(watch: Watch) -> None:
    monitor: Monitor = watch.monitor
    for days in (800, 770, 700):
        start = before(days=days)
        VerdictSpan.objects.create(monitor=monitor, state="up", start=start, end=start + 60)
    assert forget_old(NOW) == 2


def test_a_probe_that_is_silent_for_a_day_is_forgotten(db: None) -> None:
    def agent(name: str, seen_at: datetime) -> None:
        ProbeAgent.objects.create(
            name=name,
            vantage=name,
            locations=["Japan"],
            version="1",
            started_at=seen_at,
            seen_at=seen_at,
            is_connected=True,
            in_flight=0,
            spooled=0,
            skew_s=0,
        )

    agent("silent", NOW - timedelta(days=1, seconds=1))
    agent("alive", NOW - timedelta(hours=23))
    assert forget_old(NOW) == 1
    assert [one.name for one in ProbeAgent.objects.all()] == ["alive"]
