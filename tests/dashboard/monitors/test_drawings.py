"""Charts and strips as drawings: gaps stay open, peaks stay visible, words say the same."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pingpong.components.day_bars import DayBar
from pingpong.components.uptime import Tally
from pingpong.dashboard.chart_drawing import Chart, Grid, Line
from pingpong.dashboard.day_strip import draw_days
from pingpong.overview.plot_words import number_words

NOW = datetime(2025, 3, 12, 14, 3, tzinfo=UTC)


def chart(*values: float | None) -> Chart:
    grid = Grid(0, 60 * len(values), 60)
    return Chart(grid, [Line("Mean", values)], "ms", "All is said.", "Shop")


def path_of(one: Chart) -> str:
    return re.findall(r' d="(.*?)"', one.svg)[0]


def test_a_grid_ends_with_the_present_step() -> None:
    grid = Grid.until(NOW, length_s=3600, step_s=600)
    ends = [datetime.fromtimestamp(at, tz=UTC).strftime("%H:%M") for at in (grid.start, grid.end)]
    assert ends == ["13:10", "14:10"]
    assert grid.laid({grid.start + 600: 5.0}) == [None, 5.0, None, None, None, None]


def test_a_gap_lifts_the_pen_and_a_lone_value_is_a_dot() -> None:
    assert path_of(chart(10, 5, None, 10)) == "M2 0h0L6 60M14 0h0"


def test_negative_values_are_drawn_below_the_others() -> None:
    assert path_of(chart(-10, 0, 10)) == "M2 120h0L6 60L10 0"


def test_a_long_line_keeps_its_peak() -> None:
    peak = chart(*[1.0] * 500, 10.0, *[1.0] * 99)
    assert re.search(r"L\d+ 0(?!\d)", path_of(peak))


def test_the_script_gets_what_was_drawn() -> None:
    told = json.loads(chart(1, None, 2.5).data)
    assert (told["start"], told["step"], told["unit"], told["isShort"]) == (0, 60, "ms", True)
    assert told["lines"] == [{"label": "Mean", "values": [1, None, 2.5]}]


def test_a_chart_without_values_is_empty() -> None:
    assert [chart(None, None).is_empty, chart(None, 0).is_empty] == [True, False]


@pytest.mark.parametrize(
    ("value", "words"),
    [(3, "3 ms"), (12345.67, "12,345.7 ms"), (0.12345, "0.1235 ms"), (-2.5, "-2.5 ms")],
)
def test_a_number_has_its_unit(value: float, words: str) -> None:
    assert number_words(value, "ms") == words


def test_days_in_trouble_are_taller_and_named() -> None:
    calm, down = Tally(up_s=86_400), Tally(up_s=43_200, down_s=43_200)
    days = [DayBar.of(date(2025, 3, 11), calm), DayBar.of(date(2025, 3, 12), down)]
    told = draw_days(days, Decimal("75.00"))
    assert 'aria-label="Last 2 days: 75.00% uptime, down on 12 Mar."' in told
    paths = re.findall(r'<path class="(\w+)" d="(.*?)"/>', told)
    assert paths == [("ok", "M0 24h3v-14h-3z"), ("down", "M5 24h3v-24h-3z")]
