"""A chart's values, what it says, and its drawing: gaps open, edges exact."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from pingpong.custom_metrics.models import Rollup
from pingpong.overview.plot import Plot
from pingpong.overview.plot_times import marks_of

HOUR = 3600
DAY = 24 * HOUR
BERLIN = ZoneInfo("Europe/Berlin")


def plot(*values: float | None, rollup: str = Rollup.MEAN, suffix: str = "ms") -> Plot:
    return Plot(0, 600, values, suffix, rollup)


def path(one: Plot, sort: str = "line") -> str:
    return re.findall(rf'class="{sort}" d="(.*?)"', one.svg("Shop", UTC))[0]


def test_points_lie_on_their_step_and_what_is_outside_is_left_out() -> None:
    found = {-600: 1.0, 0: 2.0, 1200: 3.333333, 1800: 4.0}
    laid = Plot.laid(found, window=(0, 1800, 600), suffix="", rollup=Rollup.MEAN)
    assert (laid.values, laid.end) == ([2, None, 3.333], 1800)


def test_sum_that_is_not_over_yet_is_not_drawn_beside_others() -> None:
    def laid(found: dict[int, float], rollup: str) -> Plot:
        return Plot.laid(found, window=(0, 1800, 600), suffix="", rollup=rollup)

    both = {600: 90.0, 1200: 3.0}
    assert laid(both, Rollup.SUM).values == [None, 90, None]
    assert laid(both, Rollup.MAXIMUM).values == [None, 90, 3]
    assert laid({1200: 3.0}, Rollup.SUM).values == [None, None, 3]


def test_gap_lifts_the_pen_and_a_lone_value_is_a_dot() -> None:
    drawn = plot(0, 50, None, 100, None)
    assert path(drawn) == "M2 100h0l4-50M14 0h0"
    assert path(drawn, "area") == "M2 100V100l4-50V100z"


def test_values_below_zero_hang_from_the_zero_line() -> None:
    assert path(plot(-50, 50), "area") == "M2 50V100l4-100V50z"


def test_narrow_band_is_drawn_without_an_area() -> None:
    drawn = plot(99.2, 99.9, suffix="%").svg("Shop", UTC)
    assert 'class="area"' not in drawn
    assert 'class="zero"' not in drawn


def test_long_line_is_drawn_in_fewer_steps_and_keeps_its_peak() -> None:
    drawn = path(plot(*[50.0] * 500, 100.0, *[50.0] * 99))
    assert drawn.count("l4") == 149
    assert "l4-50l4 50" in drawn


def test_newest_value_is_marked_only_if_it_is_of_the_present() -> None:
    assert 'cx="75%" cy="0%"' in plot(0, 100).svg("Shop", UTC)
    assert "<circle" not in plot(100, None, None, None).svg("Shop", UTC)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (plot(1, 2.5, 2), "1 to 2.5 ms."),
        (plot(5, 5), "Always 5 ms."),
        (plot(90, 100, suffix="%"), "90% to 100%."),
        (plot(600, 700, rollup=Rollup.SUM, suffix="orders"), "1,300 orders in all."),
        (plot(None, 1, None, None, 3, None), "1 to 3 ms. Nothing for 20 min."),
        (plot(1, *[None] * 12, 3), "1 to 3 ms. Nothing for 2 h."),
        (plot(None, None), "No numbers in this time."),
    ],
)
def test_caption_says_what_the_line_shows(one: Plot, told: str) -> None:
    assert one.caption == told


def test_hostile_words_are_text_in_the_drawing() -> None:
    drawn = plot(1, suffix='<script>"').svg('"><script>', UTC)
    assert "<script" not in drawn


def test_day_has_the_hours_of_its_zone() -> None:
    start = int(datetime(2026, 3, 10, 13, 10, tzinfo=UTC).timestamp())
    marks = marks_of(start, start + DAY, BERLIN)
    assert [one.word for one in marks] == ["18:00", "00:00", "06:00", "12:00"]
    assert marks[1].share == pytest.approx((9 * 60 + 50) / (24 * 60))


def test_week_has_its_midnights_where_the_clock_is_set_forward() -> None:
    start = int(datetime(2026, 3, 25, 12, tzinfo=UTC).timestamp())
    marks = marks_of(start, start + 7 * DAY, BERLIN)
    assert [one.word for one in marks] == ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    apart = {round((b.share - a.share) * 7 * 24) for a, b in pairwise(marks)}
    assert apart == {23, 24}


def test_month_has_a_date_each_week_and_none_at_its_edge() -> None:
    start = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
    words = [one.word for one in marks_of(start, start + 30 * DAY, UTC)]
    assert words == ["4 Mar", "11 Mar", "18 Mar", "25 Mar"]
