from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingpong.monitors import histogram
from pingpong.monitors.histogram import BINS, HIGHEST_US, LOWEST_US

_TIMES = st.lists(st.integers(0, 2 * HIGHEST_US), max_size=40)
_MEASURABLE = st.lists(st.integers(LOWEST_US, HIGHEST_US), min_size=1, max_size=300)


def of(times: list[int]) -> bytes:
    bins = b""
    for time_us in times:
        bins = histogram.add(bins, time_us)
    return bins


def test_times_beyond_the_bins_are_in_the_outermost() -> None:
    assert histogram.unpack(of([0, LOWEST_US, HIGHEST_US, 2**31])) == {0: 2, BINS - 1: 2}


def test_an_empty_histogram_has_no_percentile() -> None:
    assert histogram.percentiles(b"", [0.5, 0.99]) == [None, None]


def test_a_thousand_times_alike_take_four_bytes() -> None:
    assert len(of([20_000] * 1000)) == 4


@given(_TIMES)
def test_adding_one_by_one_counts_what_counting_counts(times: list[int]) -> None:
    counts: dict[int, int] = {}
    for time_us in times:
        index = histogram.bin_of(time_us)
        counts[index] = counts.get(index, 0) + 1
    assert histogram.unpack(of(times)) == counts
    assert histogram.pack(counts) == of(times)


@given(st.lists(_TIMES, max_size=5))
def test_merging_is_the_histogram_of_all_times(parts: list[list[int]]) -> None:
    together = [time_us for part in parts for time_us in part]
    assert histogram.merge(of(part) for part in parts) == of(together)


@given(st.dictionaries(st.integers(0, BINS - 1), st.integers(1, 10**9)))
def test_counts_of_any_size_survive_packing(counts: dict[int, int]) -> None:
    assert histogram.unpack(histogram.pack(counts)) == counts


@given(_MEASURABLE, st.sampled_from([0.0, 0.5, 0.95, 0.99, 1.0]))
def test_a_percentile_is_within_seven_percent_of_the_exact_one(
    times: list[int], share: float
) -> None:
    exact = sorted(times)[max(ceil(len(times) * share), 1) - 1]
    found = histogram.percentile(of(times), share)
    assert found == pytest.approx(exact, rel=0.07)


@given(_MEASURABLE)
def test_percentiles_grow_with_their_share(times: list[int]) -> None:
    found = [one or 0 for one in histogram.percentiles(of(times), [0.1, 0.5, 0.95, 0.99])]
    assert found == sorted(found)
