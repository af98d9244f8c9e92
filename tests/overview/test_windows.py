"""Uptime of 24 hours and of 7, 30 and 90 days, out of the bars of a page."""

from datetime import date, timedelta

import pytest

from pingpong.components.day_bars import DayBar
from pingpong.components.uptime import Tally
from pingpong.overview.windows import PARTS, shares, shares_of_page

TODAY = date(2026, 3, 10)
UP, HALF, NOTHING = Tally(up_s=86_400), Tally(up_s=43_200, down_s=43_200), Tally()


def _days(*sums: Tally) -> list[DayBar]:
    """Return 90 days, the last ones as given, the others without data."""
    every = [NOTHING] * (90 - len(sums)) + list(sums)
    return [DayBar.of(TODAY - timedelta(days=89 - place), one) for place, one in enumerate(every)]


@pytest.mark.parametrize(
    ("days", "last_day", "told"),
    [
        ((), NOTHING, (None, None, None, None)),
        ((UP,) * 90, UP, (PARTS,) * 4),
        ((HALF, *[UP] * 7), UP, (PARTS, PARTS, PARTS * 15 // 16, PARTS * 15 // 16)),
        ((HALF, *[NOTHING] * 29), NOTHING, (None, None, PARTS // 2, PARTS // 2)),
        ((UP, *[NOTHING] * 30), NOTHING, (None, None, None, PARTS)),
        ((Tally(degraded_s=60, maintenance_s=3_600),), HALF, (PARTS // 2, PARTS, PARTS, PARTS)),
    ],
)
def test_window_counts_its_own_days_alone(
    days: tuple[Tally, ...], last_day: Tally, told: tuple[int | None, ...]
) -> None:
    assert shares(_days(*days), last_day) == told


def test_share_is_never_rounded_up() -> None:
    nearly = Tally(up_s=86_399.999_999, down_s=0.000_001)
    assert [one is not None and one < PARTS for one in shares(_days(nearly), nearly)] == [True] * 4


def test_page_takes_the_mean_over_monitors_where_they_have_data() -> None:
    monitors = [(PARTS, None, PARTS, None), (PARTS // 2, None, None, None)]
    components = [(0, PARTS, 0, None)]
    assert shares_of_page(monitors, components) == (PARTS * 3 // 4, PARTS, PARTS, None)
    assert shares_of_page([], components) == (0, PARTS, 0, None)
    assert shares_of_page([], []) == (None,) * 4
