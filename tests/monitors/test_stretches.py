from hypothesis import given
from hypothesis import strategies as st

from pingpong.components.status import Status
from pingpong.monitors.stretches import lay_over

UP = Status.OPERATIONAL.value
DOWN = Status.CRITICAL.value
WORKS = Status.MAINTENANCE.value


def test_maintenance_takes_the_place_of_what_it_covers() -> None:
    laid = lay_over([(UP, 0, 100), (DOWN, 100, 200)], [(50, 150)])
    assert laid == [(UP, 0, 50), (WORKS, 50, 150), (DOWN, 150, 200)]


def test_maintenance_covers_gaps_too() -> None:
    laid = lay_over([(UP, 0, 100), (UP, 200, 300)], [(90, 110)])
    assert laid == [(UP, 0, 90), (WORKS, 90, 110), (UP, 200, 300)]


def test_windows_that_overlap_count_once() -> None:
    laid = lay_over([(UP, 0, 100)], [(50, 80), (20, 60), (80, 90), (70, 70)])
    assert laid == [(UP, 0, 20), (WORKS, 20, 90), (UP, 90, 100)]


@given(
    st.lists(st.integers(0, 60), unique=True, max_size=12).map(sorted),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
)
def test_every_second_is_maintenance_or_what_it_was(
    cuts: list[int], windows: list[tuple[int, int]]
) -> None:
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    stretches = [((UP, DOWN)[n % 2], low, high) for n, (low, high) in enumerate(pairs)]
    laid = lay_over(stretches, windows)
    assert laid == sorted(laid, key=lambda one: one[1])
    for second in range(60):
        was = [status for status, low, high in stretches if low <= second < high]
        if any(low <= second < high for low, high in windows):
            was = [WORKS]
        assert [status for status, low, high in laid if low <= second < high] == was
