"""When checks begin, whatever clocks say."""

from collections import Counter
from itertools import pairwise

import pytest

from pingpong.probe.pace import LATE_SPREAD_S, CoreClock, begin_at, offset_s


def test_offsets_are_spread_over_the_second_and_stay() -> None:
    offsets = sorted(offset_s(watch) for watch in range(1000))
    assert all(0 <= offset < 1 for offset in offsets)
    assert max(b - a for a, b in pairwise(offsets)) < 0.01
    assert offset_s(17) == offset_s(17)


def test_check_begins_in_its_place_inside_the_second_of_its_slot() -> None:
    assert begin_at(17, slot_at=105, now=100) == 105 + offset_s(17)


def test_late_check_begins_almost_at_once_but_not_with_all_others() -> None:
    begins = [begin_at(watch, slot_at=40, now=100) for watch in range(100)]
    assert all(100 <= begin <= 100 + LATE_SPREAD_S for begin in begins)
    assert max(Counter(begins).values()) <= 2


def test_checks_share_their_places_so_that_a_probe_is_woken_up_for_several() -> None:
    assert len({offset_s(watch) for watch in range(10_000)}) == 128


@pytest.mark.parametrize("skew_s", [0, -3600, 10**9])
def test_clock_of_the_core_may_be_wrong(skew_s: float) -> None:
    assert CoreClock().zero(sent_at=1000 + skew_s, now=50) == 50 - 1000 - skew_s


def test_message_that_waited_in_a_queue_is_known_to_be_late() -> None:
    clock = CoreClock()
    assert clock.zero(sent_at=1000, now=50) == -950
    assert clock.zero(sent_at=1010, now=90) == -950  # 30 s on the way
    assert clock.zero(sent_at=1050, now=99) == -951  # quicker than the first


def test_core_whose_clock_was_set_forward_is_believed_at_once() -> None:
    clock = CoreClock()
    clock.zero(sent_at=1000, now=50)
    assert clock.zero(sent_at=4610, now=60) == -4550


def test_core_whose_clock_was_set_back_is_believed_after_a_minute_without_doubt() -> None:
    clock = CoreClock()
    clock.zero(sent_at=5000, now=50)
    assert [clock.zero(sent_at=1400 + now, now=now) for now in (60, 100)] == [-4950] * 2
    assert clock.zero(sent_at=1511, now=111) == -1400


def test_old_message_among_new_ones_does_not_define_the_clock() -> None:
    clock = CoreClock()
    found = [clock.zero(sent_at=5000 + now, now=now) for now in range(0, 300, 10)]
    assert clock.zero(sent_at=1400, now=300) == found[-1] == -5000


def test_quick_message_is_forgotten_after_ten_minutes() -> None:
    clock = CoreClock()
    clock.zero(sent_at=1000, now=50)
    assert clock.zero(sent_at=1700, now=751) == -949  # clocks drift
