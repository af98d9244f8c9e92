from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pingpong.components.status import Color, Status
from pingpong.public import words


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3_600, "1 h"),
        (8_040, "2 h 14 min"),
        (86_400, "1 d"),
        (90_000, "1 d 1 h"),
        (86_460, "1 d"),
        (8_640_000, "100 d"),
    ],
)
def test_duration_has_its_two_largest_units(seconds: float, told: str) -> None:
    assert words.duration_words(seconds) == told
    assert words.quiet_words(timedelta(seconds=seconds)) == told


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("UTC", "10 March 2026, 09:00 UTC"),
        ("Europe/Berlin", "10 March 2026, 10:00 CET"),
        ("America/Sao_Paulo", "10 March 2026, 06:00 UTC-03"),
        ("Asia/Kathmandu", "10 March 2026, 14:45 UTC+0545"),
    ],
)
def test_instant_names_its_zone(zone: str, told: str) -> None:
    assert words.instant_words(datetime(2026, 3, 10, 9, tzinfo=UTC), ZoneInfo(zone)) == told


def test_stretch_of_one_day_names_the_day_once() -> None:
    start = datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert words.range_words(start, start + timedelta(hours=2), UTC) == (
        "Tue 10 March 2026, 09:00 \N{EN DASH} 11:00 UTC"
    )
    assert words.range_words(start, start + timedelta(hours=20), UTC) == (
        "Tue 10 March 2026, 09:00 \N{EN DASH} Wed 11 March 2026, 05:00 UTC"
    )


def test_stretch_over_a_change_of_clocks_names_both_zones() -> None:
    start = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    told = words.range_words(start, start + timedelta(hours=1), ZoneInfo("Europe/Berlin"))
    assert told == "Sun 29 March 2026, 01:30 CET \N{EN DASH} 03:30 CEST"


def test_every_state_has_a_sign() -> None:
    assert {words.sign_of(status) for status in Status} == {
        "ok", "minor", "major", "down", "work", "none",
    }  # fmt: skip
    signs = [words.page_sign(color) for color in Color]
    assert len(set(signs)) == len({words.title_mark(sign) for sign in signs}) == len(Color)
