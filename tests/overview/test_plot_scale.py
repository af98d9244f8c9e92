from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingpong.overview.plot_scale import MOST_STEPS, scale_of

VALUES = st.lists(
    st.floats(-1e18, 1e18, allow_nan=False).map(lambda one: one if abs(one) > 1e-9 else 0.0),
    min_size=1,
    max_size=20,
)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([74, 138.5], [0, 50, 100, 150]),
        ([3, 12_750], [0, 5_000, 10_000, 15_000]),
        ([0, 1_000], [0, 500, 1_000]),
        ([0, 0.03], [0, 0.01, 0.02, 0.03]),
        ([99.21, 99.93], [99.2, 99.4, 99.6, 99.8, 100]),
        ([-3, 8], [-5, 0, 5, 10]),
        ([-8.5, -2.5], [-10, -5, 0]),
        ([0, 1, 2], [0, 1, 2]),
        ([7], [0, 2, 4, 6, 8]),
        ([0], [0, 1]),
        ([], [0, 1]),
    ],
)
def test_ticks_are_few_and_round(values: list[float], ticks: list[float]) -> None:
    assert scale_of(values).ticks == ticks


def test_sums_start_at_zero_however_narrow_they_are() -> None:
    assert scale_of([99.2, 99.9], has_zero=True).ticks == [0, 50, 100]


def test_whole_numbers_have_no_ticks_between_them() -> None:
    assert scale_of([0, 1]).ticks == [0, 1]
    assert scale_of([0, 0.5, 1]).ticks == [0, 0.5, 1]


def test_share_goes_from_edge_to_edge_and_not_beyond() -> None:
    scale = scale_of([-50, 150])
    assert [scale.share(value) for value in (-50, 50, 150, 900)] == [0, 0.5, 1, 1]


@given(VALUES)
def test_scale_holds_all_values_in_few_equal_steps_of_1_2_or_5(values: list[float]) -> None:
    scale = scale_of(values)
    steps = [after - before for before, after in pairwise(scale.ticks)]
    assert 1 <= len(steps) <= MOST_STEPS
    assert min(steps) == pytest.approx(max(steps), rel=1e-6)
    assert f"{max(steps):.0e}"[0] in "125"
    assert scale.low <= min(values) + max(steps) * 1e-6
    assert scale.high >= max(values) - max(steps) * 1e-6
