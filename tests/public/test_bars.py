import xml.etree.ElementTree as ET
from datetime import date, timedelta

from pingpong.components.day_bars import DayBar, worst_of
from pingpong.components.uptime import Tally
from pingpong.public import bars

UP = Tally(up_s=86_400)
DOWN = Tally(up_s=85_200, down_s=1_200)
SLOW = Tally(up_s=82_800, degraded_s=3_600)
WORKS = Tally(up_s=79_200, maintenance_s=7_200)
SVG = "{http://www.w3.org/2000/svg}"


def _days(*tallies: Tally) -> list[DayBar]:
    first = date(2026, 3, 1)
    return [
        DayBar(first + timedelta(days=index), sums, worst_of(sums))
        for index, sums in enumerate(tallies)
    ]


def _draw(*tallies: Tally, uptime: str | None = "99.98%") -> ET.Element:
    markup = bars.draw(_days(*tallies), uptime)
    return ET.fromstring(markup.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))  # noqa: S314 -- ours


def _paths(drawing: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(path.get("class"), path.get("d")) for path in drawing.findall(f"{SVG}path")]


def test_calm_days_are_one_path() -> None:
    assert _paths(_draw(*[UP] * 90)) == [("u", "M0 16H450")]


def test_runs_of_calm_days_share_one_path() -> None:
    drawing = _draw(UP, UP, DOWN, UP, Tally())
    assert _paths(drawing) == [
        ("n", "M20 16H25"),
        ("u", "M0 16H10M15 16H20"),
        ("d", "M10 0h3v32h-3z"),
    ]


def test_trouble_rises_with_how_bad_it_was() -> None:
    shapes = dict(_paths(_draw(WORKS, SLOW, DOWN)))
    assert shapes == {"w": "M0 6h3v20h-3z", "m": "M5 3h3v26h-3z", "d": "M10 0h3v32h-3z"}


def test_special_day_says_what_it_was() -> None:
    titles = [title.text for title in _draw(WORKS, SLOW, DOWN).iter(f"{SVG}title")]
    assert titles == [
        "1 March 2026: 100.00% uptime, maintenance 2 h",
        "2 March 2026: 100.00% uptime, issues 1 h",
        "3 March 2026: 98.61% uptime, down 20 min",
    ]


def test_drawing_is_told_in_words() -> None:
    assert _draw(UP, UP).get("aria-label") == "Last 2 days: 99.98% uptime."
    assert _draw(Tally(), uptime=None).get("aria-label") == "Last 1 days: no data yet."
    assert _draw(UP, DOWN).get("aria-label") == (
        "Last 2 days: 99.98% uptime. Problems on 1 day: 2 March 2026: 98.61% uptime, down 20 min."
    )


def test_words_tell_of_the_last_five_days_only() -> None:
    label = _draw(*[DOWN] * 8).get("aria-label")
    assert label is not None
    assert label.count("down 20 min") == 5
    assert label.startswith("Last 8 days: 99.98% uptime. Problems on 8 days: 8 March 2026")
