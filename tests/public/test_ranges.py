from datetime import timedelta

import pytest

from factories.moments import BEGINNING
from pingpong.public.ranges import LAST_DAY, RANGES, Range


@pytest.mark.parametrize("chosen", RANGES, ids=lambda one: one.name)
def test_window_is_on_its_grid_and_reaches_into_the_present(chosen: Range) -> None:
    for minute in range(0, 2 * 24 * 60, 7):
        now = BEGINNING + timedelta(minutes=minute)
        window = chosen.window("a page", now)
        assert (window.start % chosen.step_s, window.end % chosen.step_s) == (0, 0)
        assert window.count == chosen.length_s // chosen.step_s
        lag = now.timestamp() - window.end
        assert -chosen.step_s <= lag < chosen.renewed_every_s


@pytest.mark.parametrize("chosen", RANGES, ids=lambda one: one.name)
def test_window_moves_on_once_in_a_period(chosen: Range) -> None:
    moments = [BEGINNING + timedelta(seconds=30 * number) for number in range(2 * 24 * 120)]
    ends = {chosen.window("a page", now).end for now in moments}
    assert len(ends) <= 2 * 24 * 3600 // chosen.step_s + 1


def test_pages_move_on_at_different_moments() -> None:
    now = BEGINNING + timedelta(seconds=120)
    assert len({LAST_DAY.window(f"page {number}", now).end for number in range(40)}) == 2
