import pytest

from factories.metrics import make_monitor
from factories.moments import BEGINNING, at
from factories.pages import make_page
from fixtures.queries import QueryCount
from pingpong.monitors import histogram
from pingpong.monitors.models import DayRollup, HourRollup, Location, Rollup, Watch
from pingpong.monitors.rollups import DAY_S, HOUR_S, Found, add

NINE = int(BEGINNING.timestamp())
MIDNIGHT = NINE - 9 * HOUR_S


@pytest.fixture
def watch(db: None) -> int:
    monitor = make_monitor(make_page(now=at(0)), now=at(0))
    row, _ = Watch.objects.get_or_create(
        monitor=monitor, location=Location.JAPAN, defaults={"interval_s": 60, "phase_s": 0}
    )
    return row.pk


def up(watch: int, slot: int, total_us: int = 20_000, *, is_degraded: bool = False) -> Found:
    return Found(watch, slot, "up", total_us, is_degraded)


def sums_of(row: Rollup) -> tuple[int, ...]:
    return (row.n, row.ok, row.degraded, row.gaps, row.sum_us, row.min_us, row.max_us)


def test_outcomes_are_summed_by_hour_and_by_day(watch: int) -> None:
    add([up(watch, NINE, 20_000), up(watch, NINE + HOUR_S, 30_000, is_degraded=True)])
    hours = HourRollup.objects.order_by("start")
    assert [(row.start, *sums_of(row)) for row in hours] == [
        (NINE, 1, 1, 0, 0, 20_000, 20_000, 20_000),
        (NINE + HOUR_S, 1, 1, 1, 0, 30_000, 30_000, 30_000),
    ]
    day = DayRollup.objects.get()
    assert (day.start, *sums_of(day)) == (MIDNIGHT, 2, 2, 1, 0, 50_000, 20_000, 30_000)
    assert sum(histogram.unpack(bytes(day.bins)).values()) == 2


def test_failures_count_and_have_no_time_and_gaps_stand_outside(watch: int) -> None:
    words = ["read_timeout", "tls_invalid", "probe_fault", "blocked_by_policy"]
    add([Found(watch, NINE + n, word, 9_999_999, False) for n, word in enumerate(words)])
    assert sums_of(HourRollup.objects.get()) == (2, 0, 0, 2, 0, 0, 0)
    assert bytes(HourRollup.objects.get().bins) == b""


def test_later_outcomes_add_to_what_is_there(watch: int) -> None:
    add([Found(watch, NINE, "read_timeout", 0, False)])
    add([up(watch, NINE + 60, 50_000)])
    add([up(watch, NINE + 120, 20_000), up(watch, NINE + 180, 90_000)])
    assert sums_of(HourRollup.objects.get()) == (4, 3, 0, 0, 160_000, 20_000, 90_000)
    assert sums_of(DayRollup.objects.get()) == (4, 3, 0, 0, 160_000, 20_000, 90_000)


def test_one_batch_or_many_in_any_order_come_to_the_same(watch: int) -> None:
    found = [up(watch, NINE + n * 600, 1_000 * (n * n + 1)) for n in range(30)]
    add(found)
    together = list(HourRollup.objects.order_by("start").values_list("start", "sum_us", "bins"))
    HourRollup.objects.all().delete()
    for one in reversed(found):
        add([one])
    apart = list(HourRollup.objects.order_by("start").values_list("start", "sum_us", "bins"))
    assert [(start, us, bytes(bins)) for start, us, bins in apart] == [
        (start, us, bytes(bins)) for start, us, bins in together
    ]


def test_an_outcome_of_long_ago_is_counted_in_its_own_hour(watch: int) -> None:
    add([up(watch, NINE)])
    add([up(watch, NINE - 2 * DAY_S)])
    assert [row.start for row in DayRollup.objects.order_by("start")] == [
        MIDNIGHT - 2 * DAY_S,
        MIDNIGHT,
    ]


def test_adding_costs_four_statements_for_any_number(watch: int, query_count: QueryCount) -> None:
    with query_count() as few:
        add([up(watch, NINE)])
    with query_count() as many:
        add([up(watch, NINE + n * 60) for n in range(1, 60)])
    assert (len(few), len(many)) == (4, 4)


def test_nothing_found_costs_nothing(query_count: QueryCount, db: None) -> None:
    with query_count() as counted:
        add([])
    assert len(counted) == 0
