import pytest

from pingpong.monitors.series import Point
from pingpong.public.chart_lines import Lines, caption_of, lines_of, time_words
from pingpong.public.ranges import LAST_DAY, LAST_WEEK, Window

DAY = Window(0, 6000, 600)
WEEK = Window(0, 36_000, 3600)


def _point(start: int, *, ok: int = 10, mean: int = 100_000, most: int = 300_000) -> Point:
    times = (mean, mean, most, mean, most, most) if ok else ()
    return Point(start, 10, ok, 0, 0, *times)


def _lines(*middle: float | None) -> Lines:
    return Lines(DAY, middle, [None if one is None else one * 3 for one in middle])


def test_steps_without_a_check_or_without_a_success_are_gaps() -> None:
    points = [_point(0), _point(600, ok=0), _point(1800, mean=42_440)]
    lines = lines_of(points, DAY, LAST_DAY, interval_s=60)
    assert lines.middle == [100, None, None, 42.4, *[None] * 6]
    assert lines.high == [300, None, None, 300, *[None] * 6]


def test_longer_ranges_show_percentiles() -> None:
    point = Point(3600, 10, 10, 0, 0, 9, 1000, 900_000, 50_000, 200_000, 800_000)
    lines = lines_of([point], WEEK, LAST_WEEK, interval_s=60)
    assert (lines.middle[1], lines.high[1]) == (50, 200)


def test_monitor_that_is_looked_at_seldom_has_no_gaps_in_between() -> None:
    points = [_point(start, ok=1) for start in (600, 2400, 4200)]
    lines = lines_of(points, Window(0, 5400, 600), LAST_DAY, interval_s=1800)
    assert (lines.window.step, lines.middle) == (1800, [100, 100, 100])


def test_coarser_step_weighs_by_what_was_up() -> None:
    points = [_point(0, ok=1, mean=100_000), _point(600, ok=3, mean=200_000, most=900_000)]
    lines = lines_of(points, Window(0, 1200, 600), LAST_DAY, interval_s=900)
    assert (lines.middle, lines.high) == ([175], [900])


@pytest.mark.parametrize(
    ("middle", "words"),
    [
        ([None] * 3, "No response times yet."),
        ([100, 100], "Mean 100 ms, highest 300 ms."),
        ([None, 5.25, 120, 80], "Mean 5.2 ms to 120 ms, highest 360 ms."),
        ([100, None, None, 100], "Mean 100 ms, highest 300 ms. No response times for 20 min."),
        ([100, 100, None], "Mean 100 ms, highest 300 ms."),
    ],
)
def test_caption_tells_what_the_lines_show(middle: list[float | None], words: str) -> None:
    assert caption_of(_lines(*middle), LAST_DAY) == words


def test_caption_of_a_longer_range_names_percentiles() -> None:
    assert caption_of(_lines(90, 110), LAST_WEEK) == (
        "Median 90 ms to 110 ms, 95 of 100 below 330 ms."
    )


def test_times_have_as_many_digits_as_mean_something() -> None:
    assert [time_words(ms) for ms in (0.04, 3.14, 42.4, 1234.5)] == [
        "0.0 ms",
        "3.1 ms",
        "42 ms",
        "1,234 ms",
    ]
